# language: fr
Fonctionnalité: Des clés oubliées
  Une clé protège aussi longtemps que quelqu'un réessaierait. Ensuite, c'est une clé comme une autre.

  @VR-14 @target.inprocess
  Règle: Une clé est gardée un jour

    Scénario: à la dernière seconde du jour
      Étant donné que nous sommes le "2024-01-28"
      Et qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Et que l'horloge avance de 86399 secondes
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit la réponse d'avant
      Et rien d'autre n'a changé

    Scénario: une seconde après le jour
      Étant donné que nous sommes le "2024-01-28"
      Et qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Et que l'horloge avance de 86401 secondes
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Ada
      Et rien d'autre n'a changé

  @VR-14 @both-databases
  Règle: Les dernières clés de chaque personne sont gardées, autant qu'on le dit au serveur

    Scénario: neuf dépôts plus tard, quand dix clés sont gardées
      Étant donné que l'option IDEMPOTENCY_KEYS_MAX vaut "10"
      Et qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Et qu'Ada a 9 dépôts dans le coffre
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit la réponse d'avant
      Et rien d'autre n'a changé

    Scénario: dix dépôts plus tard, quand dix clés sont gardées
      Étant donné que l'option IDEMPOTENCY_KEYS_MAX vaut "10"
      Et qu'Ada a 100.00 AED dans le portefeuille
      Et qu'Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Et qu'Ada a 10 dépôts dans le coffre
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Ada
