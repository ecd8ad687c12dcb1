# language: fr
Fonctionnalité: Renvoyer un dépôt
  Un téléphone sans réponse renvoie son dépôt. La même clé signifie le même dépôt, dont il reçoit alors la réponse.

  @VR-14 @both-databases
  Règle: La même clé et le même contenu donnent la même réponse, et un seul dépôt

    Scénario: le même dépôt une deuxième fois
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit la réponse d'avant
      Et Ada a 70.00 AED disponibles et 30.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: le même dépôt dix fois en même temps
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast" 10 fois en même temps
      Alors toutes les 10 sont acceptées
      Et Ada reçoit une seule réponse pour tous
      Et il y a eu 1 dépôt pour Ada
      Et Ada a 70.00 AED disponibles et 30.00 AED bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Scénario: le même versement une deuxième fois
      Étant donné qu'Ada a un compte
      Et qu'Ada envoie un versement de 30.00 AED sous la clé "salary"
      Quand Ada envoie un versement de 30.00 AED sous la clé "salary"
      Alors Ada reçoit la réponse d'avant
      Et Ada a 30.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé

    @target.process
    Scénario: le même dépôt une deuxième fois, après la mort du serveur
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Et que le serveur est tué
      Et que le serveur redémarre
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit la réponse d'avant
      Et rien d'autre n'a changé

  @VR-14 @both-databases
  Règle: La même clé avec un autre contenu est refusée, et ne déplace rien

    Plan du scénario: <quoi> sous la clé d'un dépôt de 30.00 AED
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada a 100.00 USD dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Quand Ada envoie <quoi> under the key "breakfast"
      Alors Ada est refusée avec 409 "key"
      Et Ada a 70.00 AED disponibles et 30.00 AED bloqués
      Et rien d'autre n'a changé

      Exemples:
        | quoi                  |
        | un dépôt de 30.01 AED |
        | un dépôt de 30.00 USD |

  @VR-14 @both-databases
  Règle: Une clé vaut pour une personne et un type de demande

    Scénario: deux personnes sous une même clé
      Étant donné qu'Ada a 200.00 AED dans le portefeuille
      Et que Grace a 100.00 AED dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Quand Grace envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Grace reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Grace
      Et Grace a 70.00 AED disponibles et 30.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: un dépôt sous la clé d'un versement
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada envoie un versement de 30.00 AED sous la clé "breakfast"
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Ada
      Et Ada a 100.00 AED disponibles et 30.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: un dépôt refusé, renvoyé une fois couvert
      Étant donné qu'Ada a 10.00 AED dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Et qu'Ada a 20.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Ada
      Et rien d'autre n'a changé
