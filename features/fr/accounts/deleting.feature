# language: fr
Fonctionnalité: Supprimer un compte
  La suppression d'un compte retire tout ce qui lui appartient, et ne touche pas aux autres comptes.

  @AC-4 @both-databases
  Règle: La suppression d'un compte retire toutes ses données

    Scénario: une personne sur deux s'en va
      Étant donné qu'Ada a un compte
      Et qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Et que Grace demande la révolution courante
      Quand Ada supprime son compte
      Alors Ada n'a laissé aucune trace
      Et rien d'autre n'a changé

    Scénario: dix demandes en même temps le suppriment
      Étant donné qu'Ada a un compte
      Et qu'Ada a un thème natal
      Et que Grace a un thème natal
      Et qu'Ada demande la révolution courante
      Quand Ada envoie la fin de son compte 10 fois en même temps
      Alors 1 est acceptée et les 9 autres sont refusées avec 401 "Say who you are"
      Et Ada n'a laissé aucune trace
      Et rien d'autre n'a changé

    Scénario: le jeton ne compte plus
      Étant donné qu'Ada a un compte
      Et qu'Ada a un thème natal
      Et qu'Ada supprime son compte
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 401 "Say who you are"
      Et Ada reçoit la façon de s'identifier
      Et Ada n'a laissé aucune trace
      Et rien d'autre n'a changé

    Scénario: le mot de passe ne compte plus
      Étant donné qu'Ada a un compte
      Et qu'Ada supprime son compte
      Quand Ada essaie de demander un jeton
      Alors Ada est refusée avec 401 "The e-mail address or the password is wrong"
      Et rien d'autre n'a changé

    Scénario: l'adresse est de nouveau libre
      Étant donné qu'Ada a un compte
      Et qu'Ada supprime son compte
      Quand Ada envoie un nouveau compte
      Alors Ada reçoit son propre compte
      Et rien d'autre n'a changé

    Scénario: le calcul en cours n'enregistre rien
      Étant donné qu'Ada a un compte
      Et qu'Ada a un thème natal
      Et que chaque génération dure 1500 ms de plus
      Et une demande faite par Ada est en train de générer
      Quand Ada supprime son compte
      Alors la demande faite par Ada est invitée à recommencer
      Et Ada n'a laissé aucune trace
      Et rien d'autre n'a changé

    @target.process @cost.seconds
    Scénario: une connexion dont le mot de passe attend d'être examiné
      Étant donné que l'option DEV_FAST_PASSWORDS vaut "0"
      Et que l'option PASSWORDS_WAIT_S vaut "60"
      Et qu'Ada a un compte
      Quand Ada envoie une connexion, et la fin de son compte avant l'examen du mot de passe
      Alors Ada est refusée avec 401 "The e-mail address or the password is wrong"
      Et Ada n'a laissé aucune trace
      Et rien d'autre n'a changé

    Scénario: le calcul de quelqu'un d'autre est en cours
      Étant donné qu'Ada a un compte
      Et que Grace a un thème natal
      Et que chaque génération dure 500 ms de plus
      Et une demande faite par Grace est en train de générer
      Quand Ada supprime son compte
      Alors la demande faite par Grace est satisfaite
      Et Grace a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

  @AC-4
  Règle: Supprimer un compte demande un jeton valable

    Scénario: quelqu'un sans jeton
      Étant donné qu'Ada a un compte
      Quand quelqu'un envoie la fin de son compte
      Alors quelqu'un est refusé avec 401 "Say who you are"
      Et rien d'autre n'a changé

    Scénario: le titulaire une seconde fois
      Étant donné qu'Ada a un compte
      Et qu'Ada supprime son compte
      Quand Ada envoie la fin de son compte
      Alors Ada est refusée avec 401 "Say who you are"
      Et rien d'autre n'a changé
