# language: fr
Fonctionnalité: Dans la langue du lecteur, et de la version servie
  Un lecteur qui demande en anglais ne doit pas être servi en français parce que c'est ce qui se trouve là. Et quand
  l'invite s'améliore, les textes de la nouvelle version s'écrivent à côté des anciens, qui restent.

  @LI-1 @both-databases
  Règle: Un texte est enregistré par langue, et aucun n'est servi à la place d'un autre

    Scénario: un texte est enregistré en français, et l'anglais est demandé
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport en français
      Quand Ada demande le rapport en anglais
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: des textes sont enregistrés dans les deux langues
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport en anglais
      Et qu'Ada demande le rapport en français
      Quand Ada demande le rapport en anglais
      Alors Ada reçoit le texte enregistré
      Et rien d'autre n'a changé

    Scénario: un texte est enregistré en français, l'anglais est demandé, et Claude échoue
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport en français
      Et que le service Claude répond 400
      Quand Ada demande le rapport en anglais
      Alors Ada reçoit le texte intégré
      Et rien d'autre n'a changé

  @LI-4 @both-databases
  Règle: Les textes de deux versions se côtoient, et l'option choisit

    Scénario: la version 3 est servie là où un texte de version 2 est enregistré
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le serveur redémarre pour la version 3
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: la version 2 est de nouveau servie
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le serveur redémarre pour la version 3
      Et qu'Ada demande le rapport
      Et que le serveur redémarre pour la version 2
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et rien d'autre n'a changé

    Scénario: un nouveau texte de version 3 laisse celui de version 2
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le serveur redémarre pour la version 3
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit le nouveau texte
      Et il y a eu 1 appel à Claude pour Ada

    Scénario: la version 1 est servie, pour laquelle rien ne s'écrit
      Étant donné que le service Claude va bien
      Et que l'option LUNAR_INTERPRETATION_VERSION vaut "1"
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le modèle de la version 2
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Plan du Scénario: <servie> est servie, il y a des modèles de <versions>, et Claude échoue
      Étant donné que le service Claude répond 400
      Et un serveur dont la base a aussi des modèles de version <autre>
      Et que l'option LUNAR_INTERPRETATION_VERSION vaut "<version>"
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit <modèle>
      Et rien d'autre n'a changé

      Exemples:
        | servie       | version | versions | autre | modèle                    |
        | la version 3 | 3       | 2 et 4   | 4     | le modèle de la version 2 |
        | la version 4 | 4       | 2 et 5   | 5     | le modèle de la version 2 |
        | la version 1 | 1       | 1 et 2   | 1     | le modèle de la version 1 |

      @cost.seconds
      Exemples: suite
        | servie       | version | versions | autre | modèle                    |
        | la version 4 | 4       | 2 et 4   | 4     | le modèle de la version 4 |
        | la version 9 | 9       | 2 et 5   | 5     | le modèle de la version 5 |
        | la version 2 | 2       | 1 et 2   | 1     | le modèle de la version 2 |
