# language: fr
Fonctionnalité: La première demande crée douze mois
  Une personne qui ouvre l'application pour la première fois voit aussitôt sa révolution lunaire courante, alors que
  rien n'était préparé pour elle. Ce qui est créé est entier : douze mois à la suite, ou aucun.

  @LR-1 @both-databases
  Règle: La première demande crée douze mois consécutifs, tous ou aucun

    Scénario: une personne demande pour la première fois
      Étant donné qu'Ada a un thème natal
      Quand Ada demande la révolution courante
      Alors Ada reçoit une révolution qui a commencé
      Et Ada a des révolutions pour 12 mois consécutifs
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

    Scénario: les douze mois sont demandés en premier
      Étant donné qu'Ada a un thème natal
      Quand Ada demande les douze mois
      Alors Ada reçoit 12 mois consécutifs, dont la révolution courante
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

    Scénario: une personne sans thème natal demande
      Étant donné un serveur dont l'environnement est "production"
      Et qu'Ada a un compte
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 409 "There is no natal chart yet"
      Et Ada a des révolutions pour 0 mois consécutifs
      Et il y a eu 0 calculs pour Ada
      Et rien d'autre n'a changé

    @target.inprocess
    Scénario: les douze mois sont passés
      Étant donné que nous sommes le "2026-11-22"
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Et que 366 jours ont passé
      Quand Ada demande la révolution courante
      Alors Ada reçoit une révolution qui a commencé
      Et Ada a des révolutions pour 24 mois consécutifs
      Et il y a eu 2 générations pour Ada

    Scénario: le thème natal change
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Et que Grace demande la révolution courante
      Quand Ada donne un autre thème natal
      Alors Ada a des révolutions pour 0 mois consécutifs
      Et Grace a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

    Scénario: le thème natal est redonné sans changement
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Quand Ada donne de nouveau le même thème natal
      Alors Ada a des révolutions pour 12 mois consécutifs
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé
