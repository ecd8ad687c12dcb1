# language: fr
Fonctionnalité: Quand une génération échoue
  Des calculs échouent, des processus meurent, des machines se figent. Quoi qu'il arrive, personne ne voit une moitié
  d'année de révolutions, le verrou ne reste pas pris, et la demande suivante est servie.

  @LR-5 @both-databases @target.inprocess
  Règle: Quand le calcul échoue, les demandes qui attendent partagent l'échec et la suivante réessaie

    Scénario: cinq demandes attendent un calcul qui échoue
      Étant donné que le prochain calcul échoue au bout de 1 seconde
      Et qu'Ada a un thème natal
      Quand Ada demande la révolution courante 5 fois en même temps
      Alors les 5 demandes sont toutes refusées avec 503 "The returns could not be calculated"
      Et il y a eu 1 calcul pour Ada
      Et Ada a des révolutions pour 0 mois consécutifs
      Et rien d'autre n'a changé

    @cost.seconds
    Scénario: la demande suivante réessaie
      Étant donné que le prochain calcul échoue au bout de 0 seconde
      Et qu'Ada a un thème natal
      Et qu'Ada essaie de demander la révolution courante
      Quand Ada essaie de demander la révolution courante
      Alors Ada reçoit une révolution qui a commencé
      Et Ada a des révolutions pour 12 mois consécutifs
      Et il y a eu 2 calculs pour Ada
      Et rien d'autre n'a changé

  @LR-5 @both-databases @target.process
  Règle: Quand le processus qui génère meurt ou se fige, un autre prend le relais

    Scénario: le processus est tué
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a un thème natal
      Et que le premier serveur génère pour Ada, et 5 demandes faites par Ada attendent sur le second
      Quand le premier serveur est tué
      Alors le second serveur prend le relais en moins de 1 seconde
      Et les 5 demandes reçoivent toutes la même révolution
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    @alone @cost.seconds
    Scénario: le processus est figé, puis reprend trop tard
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a un thème natal
      Et que le premier serveur génère pour Ada, et 5 demandes faites par Ada attendent sur le second
      Quand le premier serveur est figé
      Alors le second serveur prend le relais en moins de 2 secondes
      Et les 5 demandes reçoivent toutes la même révolution
      Quand le premier serveur reprend
      Alors ce qu'il écrit est refusé, et la demande faite par Ada reçoit elle aussi cette révolution
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    @alone @cost.seconds
    Scénario: une autre personne écrit pendant que le processus est figé
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a un thème natal
      Et que le premier serveur génère pour Ada, et 5 demandes faites par Ada attendent sur le second
      Quand le premier serveur est figé
      Alors le second serveur enregistre un thème natal pour Grace en moins de 2 secondes
      Et les 5 demandes reçoivent toutes la même révolution
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    @alone @cost.seconds
    Scénario: une autre personne génère pendant que le processus est figé
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et que le premier serveur génère pour Ada, et 5 demandes faites par Ada attendent sur le second
      Quand le premier serveur est figé
      Et Grace essaie de demander la révolution courante au second serveur
      Alors Grace reçoit sa réponse en moins de 2 secondes
      Et les 5 demandes reçoivent toutes la même révolution

    @alone @cost.seconds
    Scénario: un serveur sur lequel des demandes attendent est figé
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et que le premier serveur génère pour Ada, et 5 demandes faites par Ada attendent sur le second
      Quand le second serveur est figé
      Et Grace essaie de demander la révolution courante
      Alors Grace reçoit sa réponse en moins de 2 secondes
      Et la demande faite par Ada est satisfaite
      Quand le second serveur reprend
      Alors les 5 demandes reçoivent toutes la même révolution
      Et il y a eu 1 génération pour Ada
      Et il y a eu 1 génération pour Grace
