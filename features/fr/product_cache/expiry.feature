# language: fr
Fonctionnalité: Des entrées qui expirent à l'heure dite
  Un acheteur agit sur les prix de ce matin, pas de la semaine dernière. Une entrée est bonne jusqu'à la seconde
  qu'elle annonce, quelle que soit l'heure du serveur ou de la base.

  @PC-1 @both-databases @target.inprocess
  Règle: Une entrée est servie tant que son expiration est postérieure à maintenant, et jamais après ; une recherche vit 24 heures

    Plan du Scénario: une recherche redemandée quand l'horloge <mouvement>
      Étant donné que le service amont va bien
      Et nous sommes le "2026-11-22T12:34:56Z"
      Et qu'Ada demande les produits de la catégorie 1000
      Et que l'horloge <mouvement>
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit <quoi>
      Et le cache contient ces entrées
        | cache      | entrée         | expiration   | réutilisations |
        | recherches | catégorie 1000 | <expiration> | <fois>         |
      Et rien d'autre n'a changé

      Exemples: servies
        | mouvement                       | quoi                     | expiration             | fois |
        | avance de 86399.999999 secondes | ce que contient le cache | dans 0.000001 secondes | 1    |
        | recule de 1 heure               | ce que contient le cache | dans 25 heures         | 1    |

      @cost.seconds
      Exemples: servies, suite
        | mouvement                       | quoi                     | expiration             | fois |
        | avance de 0 secondes            | ce que contient le cache | dans 24 heures         | 1    |
        | avance de 23.9 heures           | ce que contient le cache | dans 0.1 heures        | 1    |

      Exemples: jamais après
        | mouvement                       | quoi                             | expiration     | fois |
        | avance de 86400 secondes        | ce que le service amont a trouvé | dans 24 heures | 0    |

      @cost.seconds
      Exemples: jamais après, suite
        | mouvement                       | quoi                             | expiration     | fois |
        | avance de 86400.000001 secondes | ce que le service amont a trouvé | dans 24 heures | 0    |
        | avance de 8760 heures           | ce que le service amont a trouvé | dans 24 heures | 0    |

    Plan du Scénario: une recherche demandée pour la première fois à <moment>
      Étant donné que le service amont va bien
      Et nous sommes le "<moment>"
      Et qu'Ada a un compte
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit ce que le service amont a trouvé
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 0              |
      Et rien d'autre n'a changé

      Exemples:
        | moment                      |
        | 2028-02-28T23:59:59Z        |
        | 2026-10-25T00:30:00+02:00   |

      @cost.seconds
      Exemples: suite
        | moment                      |
        | 2026-12-31T23:59:59.999999Z |
        | 2026-03-08T02:30:00-05:00   |

  @PC-1 @both-databases @target.inprocess
  Règle: Un score vit 6 heures

    Plan du Scénario: un score redemandé quand l'horloge <mouvement>
      Étant donné que le service amont va bien
      Et nous sommes le "2026-11-22T12:34:56Z"
      Et qu'Ada demande les scores de B0STRONG01
      Et que l'horloge <mouvement>
      Quand Ada demande les scores de B0STRONG01
      Alors Ada reçoit <quoi>
      Et le cache contient ces entrées
        | cache  | entrée     | expiration   | réutilisations |
        | scores | B0STRONG01 | <expiration> | <fois>         |
      Et rien d'autre n'a changé

      Exemples:
        | mouvement                       | quoi                        | expiration             | fois |
        | avance de 21599.999999 secondes | les scores déjà en cache    | dans 0.000001 secondes | 1    |
        | avance de 21600 secondes        | les scores du service amont | dans 6 heures          | 0    |

      @cost.seconds
      Exemples: suite
        | mouvement                       | quoi                        | expiration             | fois |
        | avance de 5.9 heures            | les scores déjà en cache    | dans 0.1 heures        | 1    |
        | avance de 21600.000001 secondes | les scores du service amont | dans 6 heures          | 0    |

  @PC-1 @both-databases
  Règle: L'expiration inscrite dans la table fait foi, d'où qu'elle vienne

    Plan du Scénario: une recherche dont l'entrée expire <expiration>
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que le cache contient ces entrées
        | cache      | entrée         | expiration   | réutilisations |
        | recherches | catégorie 1000 | <expiration> | 7              |
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit <quoi>
      Et le cache contient ces entrées
        | cache      | entrée         | expiration | réutilisations |
        | recherches | catégorie 1000 | <ensuite>  | <fois>         |
      Et rien d'autre n'a changé

      Exemples:
        | expiration       | quoi                             | ensuite        | fois |
        | dans 1 minute    | ce que contient le cache         | dans 1 minute  | 8    |
        | il y a 1 seconde | ce que le service amont a trouvé | dans 24 heures | 0    |

      @cost.seconds
      Exemples: suite
        | expiration       | quoi                             | ensuite        | fois |
        | dans 1 heure     | ce que contient le cache         | dans 1 heure   | 8    |
        | il y a 1 heure   | ce que le service amont a trouvé | dans 24 heures | 0    |

    Scénario: de trois scores, un a expiré
      Étant donné que le service amont va bien
      Et qu'Ada demande les scores de B0STRONG01, B0BUY00001 et B0SKIP0001
      Et que le cache contient ces entrées
        | cache  | entrée     | expiration       | réutilisations |
        | scores | B0STRONG01 | dans 1 heure     | 3              |
        | scores | B0BUY00001 | il y a 1 seconde | 5              |
        | scores | B0SKIP0001 | dans 6 heures    | 0              |
      Quand Ada demande les scores de B0STRONG01, B0BUY00001 et B0SKIP0001
      Alors Ada reçoit les scores du service amont
      Et 1 produit demandé a atteint le service amont
      Et le cache contient ces entrées
        | cache  | entrée     | expiration    | réutilisations |
        | scores | B0STRONG01 | dans 1 heure  | 4              |
        | scores | B0BUY00001 | dans 6 heures | 0              |
        | scores | B0SKIP0001 | dans 6 heures | 1              |
      Et rien d'autre n'a changé

  @PC-1 @both-databases @target.process
  Règle: L'expiration ne dépend pas du lieu où se trouve le serveur

    Plan du Scénario: un serveur à <lieu>, une entrée qui expire <expiration>
      Étant donné que le service amont va bien
      Et que l'option TZ vaut "<fuseau>"
      Et qu'Ada demande les produits de la catégorie 1000
      Et que le cache contient ces entrées
        | cache      | entrée         | expiration   | réutilisations |
        | recherches | catégorie 1000 | <expiration> | 0              |
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit <quoi>

      Exemples:
        | lieu                    | fuseau           | expiration       | quoi                             |
        | le premier lieu du jour | Etc/GMT-14       | dans 1 minute    | ce que contient le cache         |
        | New York                | America/New_York | il y a 1 seconde | ce que le service amont a trouvé |

      @cost.seconds
      Exemples: suite
        | lieu                    | fuseau           | expiration       | quoi                             |
        | le premier lieu du jour | Etc/GMT-14       | il y a 1 seconde | ce que le service amont a trouvé |
        | New York                | America/New_York | dans 1 minute    | ce que contient le cache         |

  @PC-1 @database.postgres
  Règle: Elle ne dépend pas non plus du fuseau horaire de la base

    Plan du Scénario: une base qui <base>, une entrée qui expire <expiration>
      Étant donné un serveur dont la base <base>
      Et que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que le cache contient ces entrées
        | cache      | entrée         | expiration   | réutilisations |
        | recherches | catégorie 1000 | <expiration> | 0              |
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit <quoi>

      Exemples:
        | base                        | expiration       | quoi                             |
        | est à l'heure de Kiritimati | dans 1 minute    | ce que contient le cache         |
        | est à l'heure de Kiritimati | il y a 1 seconde | ce que le service amont a trouvé |
        | est à l'heure de New York   | dans 1 minute    | ce que contient le cache         |
        | est à l'heure de New York   | il y a 1 seconde | ce que le service amont a trouvé |
