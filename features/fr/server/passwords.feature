# language: fr
Fonctionnalité: Les mots de passe
  Un mot de passe que tout le monde essaie en premier ne protège personne, pas plus que celui qui ne peut être changé.

  @SV-9
  Règle: Un mot de passe a 12 caractères ou plus, et n'est pas parmi les plus courants

    Plan du scénario: <quoi>
      Étant donné que Grace a un thème natal
      Quand Ada envoie <quoi>
      Alors Ada apprend que le champ "password" est incorrect
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                                     |
        | un compte dont le mot de passe a 11 caractères           |
        | un compte dont le mot de passe est des plus courants     |
        | un compte dont le mot de passe est courant, en capitales |
        | un compte dont le mot de passe est courant, deux fois    |
        | un compte dont le mot de passe est une lettre répétée    |
        | un compte dont le mot de passe est l'adresse             |

    Scénario: un mot de passe de 12 caractères
      Étant donné que Grace a un thème natal
      Quand Ada envoie un compte dont le mot de passe a 12 caractères
      Alors Ada reçoit son propre compte
      Et rien d'autre n'a changé

    Scénario: un exploitant
      Étant donné que Grace a un thème natal
      Quand l'exploitant crée pour Ada un compte avec le mot de passe "qwerty123456"
      Alors la commande se termine avec le code 64
      Et elle dit "one of the commonest"
      Et rien d'autre n'a changé

  @SV-9 @both-databases
  Règle: Un nouveau mot de passe demande l'ancien, et met fin à tous les jetons

    Scénario: la réponse
      Étant donné qu'Ada a un compte
      Quand Ada envoie un changement de mot de passe
      Alors Ada reçoit la confirmation que le mot de passe est changé
      Et rien d'autre n'a changé

    Scénario: les jetons d'avant
      Étant donné qu'Ada a un compte
      Et qu'Ada envoie un changement de mot de passe
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 401 "Say who you are"
      Et rien d'autre n'a changé

    Scénario: le nouveau mot de passe
      Étant donné qu'Ada a un compte
      Et qu'Ada envoie un changement de mot de passe
      Quand Ada demande un jeton
      Alors Ada reçoit son propre jeton
      Et Ada n'a ni mot de passe ni jeton dans un journal, une table ou une réponse
      Et rien d'autre n'a changé

    Scénario: l'ancien mot de passe
      Étant donné qu'Ada a un compte
      Et qu'Ada envoie un changement de mot de passe
      Quand Ada envoie l'ancien mot de passe
      Alors Ada est refusée avec 401 "The e-mail address or the password is wrong"
      Et rien d'autre n'a changé

    Plan du scénario: <quoi>
      Étant donné qu'Ada a un compte
      Quand Ada envoie <quoi>
      Alors Ada est refusée avec <statut> "<mots>"
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                                 | statut | mots                  |
        | un changement de mot de passe avec un mauvais ancien | 401    | the password is wrong |
        | un changement pour un mot de passe courant           | 422    | one of the commonest  |
        | un changement pour un mot de passe court             | 422    | length >= 12          |
