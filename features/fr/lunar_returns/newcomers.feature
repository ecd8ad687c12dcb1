# language: fr
Fonctionnalité: Nouveaux venus, retardataires et voisins
  Une personne peut être inconnue du serveur à l'instant même où tous ses appareils demandent. D'autres arrivent tard, quand
  la première a cessé d'attendre. Et quoi que fasse une personne, le travail des autres continue.

  @LR-2 @both-databases
  Règle: Les premières demandes simultanées peuvent être les premières que le serveur reçoit de cette personne

    Scénario: personne n'est encore connu
      Étant donné que l'option DEV_AUTH_BYPASS vaut "1"
      Quand Ada demande la révolution courante 20 fois en même temps
      Alors les 20 demandes reçoivent toutes la même révolution
      Et il y a eu 1 accueil pour Ada
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

  @LR-3 @target.process
  Règle: Une seconde salve reçoit la même révolution et ne génère rien, même d'un serveur redémarré

    Scénario: le serveur redémarre entre-temps
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Et que le serveur redémarre
      Quand Ada demande la révolution courante
      Alors Ada reçoit la même révolution qu'avant
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

  @LR-4 @both-databases @target.process
  Règle: Une demande qui arrive pendant une génération en attend la fin, même si d'autres ont renoncé

    @cost.seconds
    Scénario: la première renonce, une seconde attend encore
      Étant donné que l'option LUNAR_RETURNS_WAIT_S vaut "2"
      Et qu'Ada a un thème natal
      Et que chaque génération dure 3000 ms de plus
      Et qu'Ada essaie de demander la révolution courante
      Quand Ada essaie de demander la révolution courante
      Alors Ada reçoit une révolution qui a commencé
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

    @cost.minute
    Scénario: plus de demandes attendent que le serveur n'a de connexions
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et 90 demandes faites par Ada attendent une génération de 4000 ms
      Quand Grace demande la révolution courante
      Alors Grace reçoit sa réponse avant que la génération pour Ada se termine
      Et les 90 demandes reçoivent toutes la même révolution
      Et il y a eu 1 génération pour Ada
      Et il y a eu 1 génération pour Grace

  @LR-5 @both-databases @target.inprocess
  Règle: Un calcul qui échoue ne gêne pas celui de quelqu'un d'autre

    @cost.seconds
    Scénario: le calcul de quelqu'un d'autre dure plus longtemps
      Étant donné que le prochain calcul échoue au bout de 1 seconde
      Et qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'une demande faite par Ada est en train de générer
      Et que chaque génération dure 2000 ms de plus
      Quand Grace essaie de demander la révolution courante
      Alors Grace reçoit une révolution qui a commencé
      Et la demande faite par Ada est refusée parce que le calcul a échoué

  @LR-7 @both-databases
  Règle: Une purge n'efface que les révolutions de l'appelant, et n'arrête la génération de personne d'autre

    Scénario: la génération de quelqu'un d'autre est en cours
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et que chaque génération dure 500 ms de plus
      Et qu'une demande faite par Grace est en train de générer
      Quand Ada purge ses révolutions
      Alors la demande faite par Grace est satisfaite
      Et Grace a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    Scénario: il n'y a rien à purger
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et que Grace demande la révolution courante
      Quand Ada purge ses révolutions
      Alors Ada reçoit 0 révolutions effacées et 0 restantes
      Et rien d'autre n'a changé
