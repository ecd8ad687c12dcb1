# language: fr
Fonctionnalité: Toujours une réponse, du meilleur niveau possible
  Une lectrice ouvre l'application le matin et veut le texte du mois. Claude peut être en panne, un modèle peut
  manquer à la base : il y a un texte malgré tout, dans la langue de la lectrice, et l'application sait de quel
  niveau il vient.

  @LI-1 @both-databases
  Règle: Chacun des quatre niveaux est atteint quand ceux du dessus échouent, et seulement alors

    Scénario: rien n'est enregistré, et Claude va bien
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: un texte est enregistré, et Claude en écrirait un autre
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: un texte est enregistré, et Claude échoue
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le service Claude répond 400
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: rien n'est enregistré, et Claude échoue
      Étant donné que le service Claude répond 400
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le modèle
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Plan du Scénario: il n'y a pas de modèle, et Claude échoue : <rapport>
      Étant donné que le service Claude répond 400
      Et qu'Ada a des révolutions lunaires
      Quand Ada essaie de demander <rapport>
      Alors Ada reçoit le texte intégré
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | rapport                         |
        | le rapport en anglais           |
        | le climat du rapport            |

      @cost.seconds
      Exemples: suite
        | rapport                         |
        | le thème central du rapport     |
        | l'approche du rapport           |
        | le climat du rapport en anglais |

    Scénario: Claude va de nouveau bien
      Étant donné que le service Claude répond 400
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Et que le service Claude va de nouveau bien
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: la base n'a aucun modèle, et Claude échoue
      Étant donné que le service Claude répond 400
      Et un serveur dont la base n'a aucun modèle
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le texte intégré
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: un rapport d'un autre mois
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande le rapport du dernier mois
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: le premier rapport de quelqu'un qui n'a pas encore de révolutions
      Étant donné que le service Claude va bien
      Et qu'Ada a un thème natal et pas encore de révolutions
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

  @LI-1 @both-databases @target.process
  Règle: L'heure d'écriture d'un texte ne dépend pas de l'endroit où se trouve le serveur

    Scénario: un serveur à New York
      Étant donné que l'option TZ vaut "America/New_York"
      Et que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé
