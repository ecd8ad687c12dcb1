# language: fr
Fonctionnalité: Un serveur en marche
  L'exploitant a besoin de savoir que le serveur est vivant, qu'il est prêt et ce qu'il fait, et de l'arrêter sans
  interrompre ce qu'il est en train de faire.

  @SV-3 @target.process
  Règle: Un serveur que l'on arrête termine les demandes qu'il a acceptées

    Plan du scénario: arrêté pendant qu'une demande est servie, <processus>
      Étant donné un serveur à <processus>
      Et qu'Ada a un thème natal
      Et que chaque génération dure 1000 ms de plus
      Et qu'une demande faite par Ada est en train de générer
      Quand le premier serveur est prié de s'arrêter
      Alors la demande faite par Ada est satisfaite
      Et la commande se termine avec le code 0
      Et Ada a des révolutions pour 12 mois consécutifs

      Exemples:
        | processus   |
        | 1 processus |

      @workers.2 @cost.seconds
      Exemples: deux processus
        | processus   |
        | 2 processus |

  @SV-3 @target.process
  Règle: Le serveur attend le reste d'une demande qui est arrivée en partie

    Scénario: arrêté alors que la moitié d'un compte est arrivée
      Étant donné que Grace a un thème natal
      Et qu'Ada a une moitié de compte en cours
      Quand le premier serveur est prié de s'arrêter
      Alors la demande faite par Ada est satisfaite par un compte
      Et la commande se termine avec le code 0

  @SV-3 @target.process
  Règle: Sur une connexion à plusieurs demandes, le serveur répond à celles d'avant l'arrêt, et à aucune d'après

    Scénario: une seconde demande attend derrière la première
      Étant donné qu'Ada a un thème natal
      Et qu'Ada a deux demandes en cours sur une connexion
      Quand le premier serveur est prié de s'arrêter
      Alors la demande faite par Ada est satisfaite, et celle qui la suit aussi
      Et la commande se termine avec le code 0

    Scénario: une seconde demande arrive après l'arrêt
      Étant donné que Grace a un thème natal
      Et qu'Ada a une moitié de compte en cours, et encore une demande à venir
      Quand le premier serveur est prié de s'arrêter
      Alors la demande faite par Ada est satisfaite par un compte, et rien ne la suit
      Et la commande se termine avec le code 0

  @SV-3 @target.process
  Règle: Un serveur que l'on arrête n'attend ni les connexions inactives, ni plus longtemps que sa limite

    Scénario: arrêté pendant que des connexions sont ouvertes sans rien demander
      Étant donné qu'Ada a un thème natal
      Et que Grace a 15 connexions ouvertes
      Quand le premier serveur est prié de s'arrêter
      Alors la commande se termine avec le code 0

    Scénario: arrêté pendant qu'une demande dure plus longtemps que le serveur ne peut attendre
      Étant donné que l'option SHUTDOWN_S_MAX vaut "1"
      Et que l'option BODY_S_MAX vaut "60"
      Et qu'Ada a une moitié de compte en cours, sans suite
      Quand le premier serveur est prié de s'arrêter
      Alors elle dit "timeout graceful shutdown exceeded"

  @SV-4
  Règle: Un serveur signale qu'il est vivant, s'il est prêt, ses métriques et son interface

    Scénario: quelqu'un interroge le serveur sur lui-même
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Quand quelqu'un demande ce que le serveur dit de lui-même
      Alors quelqu'un reçoit un signe de vie et l'état prêt
      Et quelqu'un reçoit des métriques qui comptent 1 génération
      Et quelqu'un reçoit des métriques qui comptent chaque demande par statut
      Et quelqu'un reçoit une description de tout ce qu'Ada peut demander
      Et rien d'autre n'a changé

    @target.process @workers.2
    Scénario: les métriques de deux processus sont additionnées
      Étant donné un serveur à 2 processus
      Et qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Et que Grace demande la révolution courante
      Quand quelqu'un demande ce que le serveur dit de lui-même
      Alors quelqu'un reçoit des métriques qui comptent 2 générations
      Et quelqu'un reçoit des métriques qui comptent chaque demande par statut

    Scénario: des demandes attendent une génération
      Étant donné qu'Ada a un thème natal
      Et que 5 demandes faites par Ada attendent une génération de 2 secondes
      Quand quelqu'un demande ce que le serveur dit de lui-même
      Alors quelqu'un reçoit un signe de vie et l'état prêt
      Et quelqu'un reçoit des métriques qui comptent 5 demandes en attente
