# language: fr
Fonctionnalité: Purger ses révolutions en développement
  Une personne qui essaie l'application repart de zéro en effaçant ses révolutions. Cela n'efface celles de personne
  d'autre, et n'existe pas en production.

  @LR-7 @both-databases
  Règle: Une purge n'efface que les révolutions de l'appelant

    Scénario: l'une de deux personnes purge
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Et que Grace demande la révolution courante
      Quand Ada purge ses révolutions
      Alors Ada reçoit 12 révolutions effacées et 0 restantes
      Et Ada a des révolutions pour 0 mois consécutifs
      Et Grace a des révolutions pour 12 mois consécutifs

    Scénario: qui ne purge pas garde chaque révolution telle quelle
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Et que Grace demande la révolution courante
      Quand Ada purge ses révolutions
      Alors Ada a des révolutions pour 0 mois consécutifs
      Et rien d'autre n'a changé

    Scénario: dix purges en même temps
      Étant donné qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Et que Grace demande la révolution courante
      Quand Ada envoie une purge 10 fois en même temps
      Alors Ada reçoit 12 révolutions effacées en tout, et 0 restantes
      Et Ada a des révolutions pour 0 mois consécutifs
      Et rien d'autre n'a changé

    Scénario: une purge devance une génération
      Étant donné qu'Ada a un thème natal
      Et que chaque génération dure 1500 ms de plus
      Et qu'une demande faite par Ada est en train de générer
      Quand Ada purge ses révolutions
      Alors la demande faite par Ada est invitée à recommencer
      Et Ada a des révolutions pour 0 mois consécutifs
      Et rien d'autre n'a changé

  @LR-7 @both-databases
  Règle: Une purge n'existe que là où elle est permise

    Plan du scénario: une purge, environnement <environnement>, l'option <valeur>
      Étant donné un serveur dont l'environnement est "<environnement>"
      Et que l'option ALLOW_DEV_PURGE <valeur>
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Quand Ada envoie une purge
      Alors Ada est refusée avec 404 "There is nothing here"
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

      Exemples:
        | environnement | valeur            |
        | production    | n'est pas définie |
        | staging       | n'est pas définie |
        | development   | n'est pas définie |
        | development   | vaut "0"          |
