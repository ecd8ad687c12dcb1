# language: fr
Fonctionnalité: Se connecter
  L'adresse et le mot de passe d'un compte donnent un jeton, qui ouvre l'accès au compte. Un refus ne révèle
  pas lequel des deux était faux.

  @AC-2
  Règle: La bonne adresse et le bon mot de passe donnent un jeton de ce compte

    Scénario: le titulaire d'un compte
      Étant donné que Grace a un thème natal
      Et qu'Ada a un compte
      Quand Ada demande un jeton
      Alors Ada reçoit son propre jeton
      Et rien d'autre n'a changé

    Scénario: l'adresse en d'autres lettres
      Étant donné qu'Ada a un compte
      Quand Ada envoie l'adresse en capitales et le mot de passe
      Alors Ada reçoit son propre jeton
      Et rien d'autre n'a changé

  @AC-2
  Règle: Tout le reste est refusé, sans préciser ce qui était faux

    Plan du scénario: <quoi>
      Étant donné qu'Ada a un compte
      Quand Ada envoie <quoi>
      Alors Ada est refusée avec 401 "The e-mail address or the password is wrong"
      Et Ada reçoit la façon de s'identifier
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                              |
        | un mauvais mot de passe                           |
        | le mot de passe en capitales                      |
        | le mot de passe sans sa dernière lettre           |
        | un mot de passe vide                              |
        | le mot de passe avec une adresse que personne n'a |

    Scénario: quelqu'un du contournement de développement, qui n'a pas de mot de passe
      Étant donné qu'Ada a un thème natal
      Quand Ada envoie un mot de passe vide
      Alors Ada est refusée avec 401 "The e-mail address or the password is wrong"
      Et rien d'autre n'a changé

  @AC-6
  Règle: Les mots de passe et les jetons ne sont jamais divulgués

    Plan du scénario: un jeton après <quoi>
      Étant donné qu'Ada a un compte
      Et qu'Ada envoie <quoi>
      Quand Ada demande un jeton
      Alors Ada reçoit son propre jeton
      Et Ada n'a ni mot de passe ni jeton dans un journal, une table ou une réponse
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                            |
        | un mauvais mot de passe                         |
        | un nouveau compte                               |
        | un compte dont le mot de passe a 11 caractères  |
        | un compte dont le mot de passe a 257 caractères |
        | une connexion sous une autre forme              |
