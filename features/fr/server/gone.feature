# language: fr
Fonctionnalité: Quand on retire ses fichiers à un serveur
  Quelqu'un fait tourner les journaux, fait le ménage ou met une copie en place pendant que le serveur est en marche. Un
  fichier ouvert accepte ce qu'on y écrit quel que soit le sort de son nom, et tout est perdu au démarrage suivant. Le
  serveur y regarde donc, et refuse.

  @SV-12 @target.process
  Règle: Rien n'est confirmé dans un journal d'événements qui n'est plus là, et ce qui a été confirmé se retrouve

    Plan du scénario: il <perte>
      Étant donné qu'il y a 30 articles
      Quand le premier serveur <perte>
      Et Ada envoie un article
      Alors Ada est refusée avec 503 "Others have moved or changed"
      Et Ada reçoit un signe de vie, mais pas l'état prêt, faute de journal
      Quand le premier serveur <redémarrage>
      Alors 30 articles sont là
      Et le journal est intact

      Exemples:
        | perte                                            | redémarrage                                    |
        | perd son journal d'événements, déplacé           | redémarre sur le journal qui avait été déplacé |
        | voit d'autres ajouter à son journal d'événements | redémarre                                      |

      @cost.seconds
      Exemples: suite
        | perte                                                 | redémarrage                                    |
        | perd son journal d'événements, supprimé               | redémarre sur le journal sauvé                 |
        | perd le dossier de son journal, déplacé               | redémarre sur le dossier qui avait été déplacé |
        | perd son journal d'événements, remplacé par une copie | redémarre sur le journal sauvé                 |
        | perd le dossier de son journal, supprimé              | redémarre sur le journal sauvé                 |

    @cost.seconds
    Scénario: le journal vidé, et le serveur tué ensuite
      Étant donné qu'il y a 30 articles
      Quand le premier serveur perd son journal d'événements, vidé
      Et Ada envoie un article
      Alors Ada est refusée avec 503 "Others have moved or changed"
      Et Ada reçoit un signe de vie, mais pas l'état prêt, faute de journal
      Quand le premier serveur est tué dès qu'il a gardé ce qu'il pouvait
      Et un serveur est démarré
      Alors la commande se termine avec le code 1
      Et elle dit "the log was durable up to event 29"

    Scénario: personne n'écrit
      Étant donné qu'il y a 1 article
      Quand le premier serveur perd son journal d'événements, supprimé
      Alors quelqu'un reçoit un signe de vie, mais pas l'état prêt, faute de journal

  @SV-12 @target.process @database.sqlite
  Règle: Rien n'est confirmé dans une base SQLite qui n'est plus là

    Plan du scénario: il <perte>
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Quand le premier serveur <perte>
      Et quelqu'un envoie un compte de 65536 octets
      Alors quelqu'un est refusé avec 503 "moved or changed by others"
      Et quelqu'un reçoit un signe de vie, mais pas l'état prêt, faute de ses fichiers
      Quand le premier serveur <redémarrage>
      Alors Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

      Exemples:
        | perte                   | redémarrage                                  |
        | perd sa base, déplacée  | redémarre sur la base qui avait été déplacée |
        | perd sa base, supprimée | redémarre sur la base sauvée                 |

    Scénario: son -wal supprimé, et le serveur tué ensuite
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Quand le premier serveur perd le -wal de sa base, supprimé
      Et quelqu'un envoie un compte de 65536 octets
      Alors quelqu'un est refusé avec 503 "moved or changed by others"
      Et quelqu'un reçoit un signe de vie, mais pas l'état prêt, faute de ses fichiers
      Quand le premier serveur est tué dès qu'il a gardé ce qu'il pouvait
      Et le premier serveur redémarre
      Alors Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    Plan du scénario: il <perte>
      Étant donné qu'Ada a un thème natal
      Quand le premier serveur <perte>
      Et quelqu'un envoie un compte de 65536 octets
      Alors quelqu'un est refusé avec 503 "moved or changed by others"
      Et quelqu'un reçoit un signe de vie, mais pas l'état prêt, faute de ses fichiers

      Exemples:
        | perte                         |
        | perd sa base, vidée           |
        | perd le -wal de sa base, vidé |

  @SV-12 @target.process
  Règle: Un dossier n'a qu'un propriétaire, même quand son fichier de verrou a été retiré

    @cost.seconds
    Scénario: un second serveur sur les fichiers du premier
      Étant donné qu'il y a 1 article
      Quand le premier serveur perd son fichier de verrou
      Et un serveur est démarré
      Alors la commande se termine avec le code 4
      Et elle dit "is owned by another process"
      Et 1 article est là
