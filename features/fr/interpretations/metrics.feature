# language: fr
Fonctionnalité: Ce que disent les métriques
  L'exploitant voit quelle part de ce que reçoivent les lecteurs a été écrite par Claude, combien de fois c'est
  resservi, et combien de fois il a fallu le remplacer.

  @LI-9 @both-databases
  Règle: Les métriques comptent ce qui s'est passé, chaque chose une fois

    Scénario: rien ne s'est passé
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit des métriques vides
      Et Ada reçoit les métriques d'autant de modèles qu'il y en a

    Plan du Scénario: un texte est écrit, et réutilisé, version <version>
      Étant donné que le service Claude va bien
      Et que l'option LUNAR_INTERPRETATION_VERSION vaut "<version>"
      Et qu'Ada a un texte enregistré
      Et qu'Ada demande le rapport
      Et qu'Ada demande le rapport
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 1 texte réutilisé 2 fois
      Et Ada reçoit les métriques de 0 génération en cours

      Exemples:
        | version |
        | 2       |
        | 3       |

    Scénario: un texte est réécrit
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada envoie une demande de nouveau texte
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 2 textes écrits

    Scénario: trois sujets
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande les rapports de trois sujets
      Et qu'Ada demande les rapports de trois sujets
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques d'un texte pour chacun de trois sujets

    Scénario: dix demandent à la fois, et un seul texte est écrit
      Étant donné que le service Claude met 500 ms
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport 10 fois en même temps
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 1 texte écrit

    Scénario: il n'y a aucun modèle
      Étant donné que le service Claude répond 400
      Et un serveur dont la base n'a aucun modèle
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 1 texte intégré
      Et Ada reçoit les métriques d'autant de modèles qu'il y en a

    Scénario: Claude échoue, puis va de nouveau bien
      Étant donné que le service Claude répond 400
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Et que le service Claude va de nouveau bien
      Et qu'Ada demande le rapport
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 1 modèle et de 1 texte écrit

    Plan du Scénario: un échec : Claude <échec>
      Étant donné que le service Claude <échec>
      Et que le service Claude est tenté une fois, pendant 2 secondes au plus
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 0 génération en cours
      Et Ada reçoit les métriques de 1 modèle

      Exemples:
        | échec                       |
        | répond 400                  |
        | ne répond jamais            |
        | est interrompu à sa limite  |

      @cost.seconds
      Exemples: suite
        | échec                       |
        | répond 529                  |
        | rompt chaque connexion      |
        | avale ce qu'on lui envoie   |
        | écrit dans une autre langue |

    Scénario: un texte est en cours
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada a un rapport en cours
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 1 génération en cours
      Et la demande faite par Ada est satisfaite par le texte de Claude

    @workers.2 @cost.seconds
    Scénario: deux processus
      Étant donné que le service Claude va bien
      Et un serveur à 2 processus
      Et qu'Ada a un texte enregistré
      Et qu'Ada demande le rapport, 20 fois de suite
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 1 texte réutilisé 20 fois
      Et Ada reçoit les métriques de 0 génération en cours
      Et Ada reçoit les métriques d'autant de modèles qu'il y en a
