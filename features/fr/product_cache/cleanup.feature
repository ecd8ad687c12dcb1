# language: fr
Fonctionnalité: Garder les tables en ordre
  L'exploitant purge le cache par cron, par la minuterie du serveur ou dans la base ; et voit après une mise à jour
  que les tables sont celles sur lesquelles compte le service.

  @PC-8 @both-databases
  Règle: Une commande contrôle les colonnes et les index des deux tables

    Scénario: des tables telles qu'elles doivent être
      Étant donné qu'Ada a un compte
      Quand l'exploitant lance "cache verify"
      Alors la commande se termine avec le code 0
      Et rien d'autre n'a changé

    Plan du Scénario: une base qui <base>
      Étant donné un serveur dont la base <base>
      Quand l'exploitant lance "cache verify"
      Alors la commande se termine avec le code 1
      Et elle dit "<table>"
      Et elle dit "<quoi>"

      Exemples:
        | base                                            | table                   | quoi            |
        | n'a pas de filtres de recherches                | product_discovery_cache | filters_applied |
        | n'a pas d'index sur l'expiration des recherches | product_discovery_cache | expires_at      |
        | n'a aucun score                                 | product_scoring_cache   | product_scoring |

      @cost.seconds
      Exemples: suite
        | base                                            | table                   | quoi            |
        | n'a pas de prix de scores                       | product_scoring_cache   | price           |
        | n'a pas d'index sur l'expiration des scores     | product_scoring_cache   | expires_at      |

    Plan du Scénario: une base qui n'est pas là : <commande>
      Étant donné un serveur dont la base n'est pas là
      Quand l'exploitant lance "<commande>"
      Alors la commande se termine avec le code 4

      Exemples:
        | commande      |
        | cache verify  |
        | cache cleanup |

  @PC-8 @both-databases
  Règle: Le SQL pour pg_cron est celui de la purge, toutes les heures

    Scénario: ce qui est affiché
      Étant donné qu'Ada a un compte
      Quand l'exploitant lance "cache cleanup --print-pg-cron"
      Alors la commande se termine avec le code 0
      Et la purge est affichée pour pg_cron
      Et rien d'autre n'a changé

    @database.postgres
    Scénario: ce qu'il fait quand on l'exécute
      Étant donné que le cache contient ces entrées
        | cache      | entrée    | expiration     | réutilisations |
        | recherches | expired   | il y a 1 heure | 3              |
        | recherches | valid     | dans 24 heures | 2              |
        | scores     | old-score | il y a 1 heure | 1              |
        | scores     | new-score | dans 1 minute  | 4              |
      Quand l'exploitant lance "cache cleanup --print-pg-cron"
      Alors la purge est affichée pour pg_cron
      Et le cache contient ces entrées
        | cache      | entrée    | expiration     | réutilisations |
        | recherches | valid     | dans 24 heures | 2              |
        | scores     | new-score | dans 1 minute  | 4              |

  @PC-8 @both-databases @target.process
  Règle: Le serveur purge sur sa propre minuterie là où on le lui demande, une fois par intervalle pour tous les processus et serveurs

    Plan du Scénario: <serveurs>, un intervalle d'une seconde
      Étant donné que l'option CACHE_CLEANUP_INTERVAL_S vaut "1"
      Et <serveurs>
      Et qu'Ada a un compte
      Et que le cache contient ces entrées
        | cache      | entrée  | expiration     | réutilisations |
        | recherches | expired | il y a 1 heure | 0              |
        | recherches | valid   | dans 24 heures | 0              |
        | scores     | expired | il y a 1 heure | 0              |
      Quand la minuterie a purgé 4 fois
      Alors la purge a tourné une fois par seconde
      Et le cache contient ces entrées
        | cache      | entrée | expiration     | réutilisations |
        | recherches | valid  | dans 24 heures | 0              |

      Exemples: un processus
        | serveurs                 |
        | un serveur à 1 processus |

      @cost.seconds
      Exemples: deux serveurs
        | serveurs                          |
        | 2 serveurs qui partagent une base |

      @cost.seconds @workers.2
      Exemples: deux processus
        | serveurs                 |
        | un serveur à 2 processus |

    @cost.seconds
    Scénario: le serveur qui purge est tué
      Étant donné que l'option CACHE_CLEANUP_INTERVAL_S vaut "1"
      Et 2 serveurs qui partagent une base
      Et qu'Ada a un compte
      Et que le premier serveur est tué
      Quand la minuterie a purgé 3 fois
      Alors la purge a tourné une fois par seconde

  @PC-8 @both-databases
  Règle: Un serveur auquel on ne le demande pas ne purge pas

    Scénario: pas de minuterie
      Étant donné qu'Ada a un compte
      Et que le cache contient ces entrées
        | cache      | entrée  | expiration     | réutilisations |
        | recherches | expired | il y a 1 heure | 0              |
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit les chiffres des requêtes de la source
      Et la purge n'a pas tourné d'elle-même
      Et rien d'autre n'a changé

  @PC-8 @both-databases @target.inprocess
  Règle: La minuterie suit l'horloge : ce qui expire dans l'intervalle a disparu après lui, à l'instant près

    Scénario: une heure passe
      Étant donné que l'option CACHE_CLEANUP_INTERVAL_S vaut "3600"
      Et nous sommes le "2026-11-22T12:34:56Z"
      Et qu'Ada a un compte
      Et que le cache contient ces entrées
        | cache      | entrée    | expiration                | réutilisations |
        | recherches | before    | dans 3599.999999 secondes | 0              |
        | recherches | at-once   | dans 3600 secondes        | 0              |
        | scores     | after-all | dans 3600.000001 secondes | 0              |
      Quand le serveur voit son horloge avancer de 1 heure
      Alors le cache contient bientôt ces entrées
        | cache      | entrée    | expiration             | réutilisations |
        | recherches | at-once   | dans 0 secondes        | 0              |
        | scores     | after-all | dans 0.000001 secondes | 0              |
