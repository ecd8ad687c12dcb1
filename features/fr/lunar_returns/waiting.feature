# language: fr
Fonctionnalité: Attendre une génération
  Une implémentation en service abandonnait après deux secondes alors que la génération en prenait trois. Ici, une
  demande attend la fin, sans ralentir personne d'autre.

  @LR-4 @both-databases @target.process
  Règle: Une demande qui arrive pendant une génération en attend la fin

    Scénario: une génération de trois secondes
      Étant donné qu'Ada a un thème natal
      Et que chaque génération dure 3000 ms de plus
      Quand Ada demande la révolution courante 10 fois en même temps
      Alors les 10 demandes reçoivent toutes la même révolution
      Et la dernière reçoit sa réponse en moins de 2 secondes après la fin de la génération
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

    Scénario: une attente qui arrive à son terme
      Étant donné que l'option LUNAR_RETURNS_WAIT_S vaut "1"
      Et qu'Ada a un thème natal
      Et que chaque génération dure 1300 ms de plus
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 503 "still being calculated"
      Et Ada a bientôt des révolutions pour 12 mois consécutifs
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

  @LR-4 @both-databases @target.process @cost.minute
  Règle: Les demandes qui attendent ne ralentissent personne d'autre

    Scénario: mille demandes attendent pendant qu'une autre personne demande
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et que 1000 demandes faites par Ada attendent une génération de 15000 ms
      Quand Grace demande la révolution courante
      Alors Grace reçoit sa réponse avant que la génération pour Ada se termine
      Et les 1000 demandes reçoivent toutes la même révolution
      Et il y a eu 1 génération pour Ada
      Et il y a eu 1 génération pour Grace
