# language: fr
Fonctionnalité: Quand la base de données disparaît
  Des réseaux tombent et des bases redémarrent, au milieu de tout. Les demandes reçoivent pendant ce temps une réponse
  claire, et le serveur se rétablit sans redémarrer quand la base est de retour.

  @SV-5 @database.postgres @target.process
  Règle: Le serveur refuse avec une erreur claire, se rétablit en 5 secondes, et ne laisse aucun verrou derrière lui

    Plan du scénario: le réseau vers la base <panne> tout
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante 20 fois en même temps
      Et que le réseau <panne> tout
      Quand Ada demande la révolution courante 20 fois en même temps
      Alors les 20 demandes sont toutes refusées avec 503 "The database cannot be reached"
      Quand le réseau va de nouveau bien
      Alors Ada reçoit de nouveau une réponse en moins de 5 secondes
      Et Ada reçoit la même révolution qu'avant
      Et le serveur va bien
      Et aucun verrou ne reste dans la base
      Et rien d'autre n'a changé

      Exemples: signalé aussitôt
        | panne |
        | coupe |

      @cost.minute
      Exemples: signalé par personne
        | panne |
        | avale |

    @cost.seconds
    Plan du scénario: le réseau <panne> tout au milieu d'une génération
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et qu'Ada a un thème natal
      Et que chaque génération dure 1500 ms de plus
      Et qu'une demande faite par Ada est en train de générer
      Quand le réseau <panne> tout pendant un instant
      Alors Ada reçoit de nouveau une réponse en moins de 5 secondes
      Et Ada a des révolutions pour 12 mois consécutifs
      Et aucun verrou ne reste dans la base

      Exemples:
        | panne |
        | avale |
        | coupe |

    @cost.seconds
    Scénario: le réseau avale ce qu'a demandé la seule connexion
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et que l'option DATABASE_THREADS vaut "1"
      Et que l'option DATABASE_S_MAX vaut "1"
      Et qu'Ada a un thème natal
      Et que le réseau avale tout
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 503 "The database cannot be reached"
      Quand le réseau va de nouveau bien
      Alors Ada reçoit de nouveau une réponse en moins de 5 secondes
      Et Ada a des révolutions pour 12 mois consécutifs
      Et aucun verrou ne reste dans la base

    @cost.seconds
    Scénario: la base redémarre d'un coup au milieu d'une génération
      Étant donné qu'Ada a un thème natal
      Et que chaque génération dure 1500 ms de plus
      Et qu'une demande faite par Ada est en train de générer
      Quand la base redémarre d'un coup
      Alors Ada reçoit de nouveau une réponse en moins de 5 secondes
      Et Ada a des révolutions pour 12 mois consécutifs
      Et aucun verrou ne reste dans la base
      Et rien d'autre n'a changé

  @SV-4 @database.postgres @target.process
  Règle: Un serveur sans sa base le signale, et compte ce qu'il refuse à cause de cela

    Scénario: ce que le serveur dit de lui-même pendant ce temps
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et qu'Ada a un thème natal
      Et que le réseau coupe tout
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 503 "The database cannot be reached"
      Quand quelqu'un essaie de demander ce que le serveur dit de lui-même
      Alors quelqu'un reçoit un signe de vie, mais pas l'état prêt, faute de base
      Et quelqu'un reçoit des métriques qui comptent chaque demande par statut

  @SV-5 @both-databases
  Règle: Une demande n'attend pas la base plus longtemps que permis, et d'autres lisent pendant ce temps

    Scénario: quelqu'un d'autre a la base pour lui seul
      Étant donné que l'option DATABASE_S_MAX vaut "1"
      Et qu'Ada a un thème natal
      Et que Grace a le seul verrou d'écriture de la base
      Quand Ada envoie un compte de 65535 octets
      Alors Ada est refusée avec 503 "The database cannot be reached"
      Et Ada reçoit un refus faute de base, en moins de 4 secondes
      Et le serveur va bien
      Et rien d'autre n'a changé

  @SV-5 @both-databases
  Règle: Une base vidée puis remise à niveau garde ce qu'elle a toujours gardé

    Scénario: de rien à la version la plus récente, une fois de plus
      Étant donné un serveur dont la base a été vidée puis remise à niveau
      Et qu'Ada a un thème natal
      Quand Ada demande la révolution courante 10 fois en même temps
      Alors les 10 demandes reçoivent toutes la même révolution
      Et Ada a des révolutions pour 12 mois consécutifs
      Et la base interdit à Ada une seconde révolution pour un même mois
      Et aucun verrou ne reste dans la base
      Et rien d'autre n'a changé

  @SV-5
  Règle: Ce que des processus tués ont laissé à côté de la base disparaît au démarrage suivant

    Scénario: trois titulaires de baux qui ont été tués
      Étant donné que Grace a des fichiers de titulaires qui ont été tués
      Et qu'Ada a un thème natal
      Quand Ada demande la révolution courante
      Alors Ada reçoit une révolution qui a commencé
      Et Ada a des révolutions pour 12 mois consécutifs
      Et aucun verrou ne reste dans la base
      Et rien d'autre n'a changé
