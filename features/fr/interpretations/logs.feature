# language: fr
Fonctionnalité: Ce que le journal dit des textes
  Qui est d'astreinte lit dans le journal qui a reçu quel texte, d'où, et pourquoi ce n'était pas celui de Claude.
  Ce qu'il ne doit pas dire, c'est la clé, et ce qu'un lecteur apprend.

  @LI-10
  Règle: Chaque texte écrit, ou servi à sa place, a une ligne avec tous les champs

    Plan du Scénario: Claude écrit <rapport>
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande <rapport>
      Alors Ada reçoit le texte écrit par Claude
      Et le journal montre 1 demande qui a fait écrire Claude

      Exemples:
        | rapport                         |
        | le rapport                      |
        | le climat du rapport en anglais |

    Scénario: Claude échoue
      Étant donné que le service Claude répond 400
      Et que Grace a des révolutions lunaires
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le modèle
      Et le journal montre 1 demande qui s'est repliée sur le modèle, car Claude a refusé

    @cost.seconds
    Scénario: Claude ne répond pas
      Étant donné que le service Claude ne répond jamais
      Et que l'option LUNAR_READER_WAIT_S vaut "0.3"
      Et que l'option LUNAR_CLAUDE_DEADLINE_S vaut "1"
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le modèle
      Et le journal montre 1 demande qui s'est repliée sur le modèle, car Claude était lent

    Plan du scénario: Claude <écrit>
      Étant donné que le service Claude <écrit>
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le modèle
      Et le journal montre 1 demande qui s'est repliée sur le modèle, car la réponse de Claude n'était pas celle demandée

      Exemples:
        | écrit                             |
        | envoie un texte vide              |
        | écrit de la prose au lieu de JSON |
        | écrit un nombre pour le texte     |

    Scénario: Claude échoue, et il n'y a aucun modèle
      Étant donné que le service Claude répond 400
      Et un serveur dont la base n'a aucun modèle
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le texte intégré
      Et le journal montre 1 demande qui s'est repliée sur le texte intégré

  @LI-10 @both-databases
  Règle: La clé n'est que dans les demandes à Claude, et une invite que là et avec son texte

    Plan du Scénario: Claude <réponse>
      Étant donné que le service Claude <réponse>
      Et que le service Claude est tenté une fois, pendant 2 secondes au plus
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit ni clé de Claude ni invite dans un journal, une table, une réponse ou une métrique

      Exemples:
        | réponse          |
        | va bien          |
        | ne répond jamais |

      @cost.seconds
      Exemples: suite
        | réponse                           |
        | répond 400                        |
        | est interrompu à sa limite        |
        | répond 401                        |
        | répond 500                        |
        | est injoignable                   |
        | coupe ses réponses au milieu      |
        | répond par une page pour humains  |
        | écrit de la prose au lieu de JSON |

    Scénario: un texte est réécrit, sans succès
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le service Claude répond 401
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit ni clé de Claude ni invite dans un journal, une table, une réponse ou une métrique
