# language: fr
Fonctionnalité: Un seul compte par adresse, de quelque façon qu'elle soit écrite
  Unicode peut écrire une adresse et un mot de passe de plusieurs façons. Deux comptes dont les adresses se ressemblent
  sont un piège pour leurs titulaires, et un mot de passe doit convenir sur tous les claviers.

  @SV-9 @both-databases
  Règle: Un mot de passe convient et une adresse a un seul compte, de quelque façon qu'Unicode les écrive

    Scénario: des accents saisis comme des signes à part
      Étant donné qu'Ada envoie un compte dont le mot de passe a des accents
      Quand Ada envoie le mot de passe avec ses accents à part
      Alors Ada reçoit son propre jeton
      Et rien d'autre n'a changé

    Scénario: l'adresse d'un compte en lettres larges
      Étant donné qu'Ada a un compte
      Quand Ada envoie un nouveau compte avec l'adresse en lettres larges
      Alors Ada est refusée avec 409 "exists already"
      Et il y a eu 1 inscription pour Ada
      Et rien d'autre n'a changé

    Scénario: une connexion en lettres larges
      Étant donné qu'Ada a un compte
      Quand Ada envoie l'adresse en lettres larges et le mot de passe
      Alors Ada reçoit son propre jeton
      Et rien d'autre n'a changé

    Plan du scénario: <qui> se connecte, et l'autre a l'adresse en lettres larges
      Étant donné qu'Ada a un compte
      Et que Grace a un compte d'avant, à l'adresse d'Ada en lettres larges
      Quand <qui> demande un jeton
      Alors <qui> reçoit son propre jeton
      Et rien d'autre n'a changé

      Exemples:
        | qui   |
        | Ada   |
        | Grace |
