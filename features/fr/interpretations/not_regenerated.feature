# language: fr
Fonctionnalité: Quand un texte ne peut pas être réécrit
  Quoi qui empêche d'écrire le nouveau texte, une lectrice ne doit pas le payer de l'ancien.

  @LI-5 @both-databases
  Règle: L'ancien texte reste, et la demande est refusée

    Plan du Scénario: Claude <échec>
      Étant donné que le service Claude va bien
      Et que le service Claude est tenté une fois, pendant 2 secondes au plus
      Et qu'Ada a un texte enregistré
      Et que le service Claude <échec>
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un refus parce que Claude échoue
      Et rien d'autre n'a changé

      Exemples: aussitôt
        | échec                      |
        | répond 400                 |
        | est interrompu à sa limite |

      @cost.seconds
      Exemples: aussitôt, suite
        | échec                                 |
        | rompt chaque connexion                |
        | écrit dans une autre langue           |
        | répond 500                            |
        | répond 529                            |
        | coupe ses réponses au milieu          |
        | refuse d'écrire                       |
        | donne des conseils pour cinq semaines |

      Exemples: aussi lentement qu'on l'attend
        | échec            |
        | ne répond jamais |

    Scénario: Claude n'a pas le temps pour un moment
      Étant donné que le service Claude va bien
      Et que l'option LUNAR_CLAUDE_DEADLINE_S vaut "2"
      Et qu'Ada a un texte enregistré
      Et que le service Claude répond 429 pendant 17 secondes
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un refus parce que Claude échoue, pour 17 secondes environ
      Et rien d'autre n'a changé

    Scénario: Claude est désactivé
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le serveur redémarre sans Claude
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un refus parce que Claude est désactivé
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: rien n'était enregistré, et rien ne l'est
      Étant donné que le service Claude répond 400
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un refus parce que Claude échoue
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé
