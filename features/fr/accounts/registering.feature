# language: fr
Fonctionnalité: S'inscrire
  Il faut un compte pour enregistrer ses propres données. Chaque adresse n'en a qu'un : la première inscription
  l'emporte.

  @AC-1 @both-databases
  Règle: Une adresse a un seul compte, quel que soit le nombre d'inscriptions

    Scénario: quelqu'un s'inscrit
      Étant donné que Grace a un thème natal
      Quand Ada envoie un nouveau compte
      Alors Ada reçoit son propre compte
      Et rien d'autre n'a changé

    Plan du scénario: une adresse déjà prise, et <quoi>
      Étant donné qu'Ada a un compte
      Quand Ada envoie <quoi>
      Alors Ada est refusée avec 409 "exists already"
      Et il y a eu 1 inscription pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                          |
        | un nouveau compte                             |
        | un nouveau compte avec l'adresse en capitales |

    Scénario: le mot de passe d'un compte reste quand quelqu'un d'autre essaie son adresse
      Étant donné qu'Ada a un compte
      Et qu'Ada envoie un compte dont le mot de passe a 30 caractères
      Quand Ada demande un jeton
      Alors Ada reçoit son propre jeton
      Et rien d'autre n'a changé

    Scénario: dix inscriptions simultanées de la même adresse
      Étant donné que Grace a un thème natal
      Quand Ada envoie un nouveau compte 10 fois en même temps
      Alors 1 est acceptée et les 9 autres sont refusées avec 409 "exists already"
      Et Ada reçoit son propre compte
      Et rien d'autre n'a changé

  @AC-7 @both-databases
  Règle: Un exploitant crée des comptes en ligne de commande

    Plan du scénario: <compte>
      Étant donné que Grace a un thème natal
      Quand l'exploitant crée pour Ada <compte> avec le mot de passe "of the operator's choice"
      Alors la commande se termine avec le code 0
      Et il y a eu 1 <travail> pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | compte                     | travail                      |
        | un compte                  | inscription                  |
        | un compte d'administrateur | inscription d'administrateur |

    Scénario: le compte est utilisé
      Étant donné que l'exploitant crée pour Ada un compte avec le mot de passe "of the operator's choice"
      Quand Ada demande un jeton
      Alors Ada reçoit son propre jeton
      Et rien d'autre n'a changé

    Scénario: une adresse qui a un compte
      Étant donné qu'Ada a un compte
      Quand l'exploitant crée pour Ada un compte d'administrateur avec le mot de passe "of the operator's choice"
      Alors la commande se termine avec le code 64
      Et elle dit "exists already"
      Et il y a eu 1 inscription pour Ada
      Et rien d'autre n'a changé

    Scénario: un mot de passe trop court
      Étant donné que Grace a un thème natal
      Quand l'exploitant crée pour Ada un compte avec le mot de passe "short"
      Alors la commande se termine avec le code 64
      Et elle dit "password"
      Et rien d'autre n'a changé
