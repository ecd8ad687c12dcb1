# language: fr
Fonctionnalité: Quand des demandes sont refusées ou échouent
  L'exploitant d'astreinte lit dans les métriques et le journal ce qui a échoué, pas ce qui a réussi. Une demande
  refusée y est signalée et comptée comme une demande acceptée.

  @SV-4
  Règle: Chaque demande est comptée par statut et journalisée en une ligne, quelle que soit la réponse

    Scénario: des demandes acceptées, refusées et qui échouent
      Étant donné qu'Ada a un thème natal
      Et qu'Ada a une révolution illisible
      Quand Ada envoie une demande de chaque sorte
      Alors Ada reçoit chaque fois le problème documenté
      Et Ada reçoit l'identifiant de chacune de ses demandes acceptées, et rien de l'intérieur du serveur
      Quand quelqu'un demande ce que le serveur dit de lui-même
      Alors quelqu'un reçoit des métriques qui comptent chaque demande par statut
      Et le journal montre 19 demandes qui ont reçu une réponse, chacune en une ligne en UTC

    @target.process
    Scénario: un serveur à New York
      Étant donné que l'option TZ vaut "America/New_York"
      Et qu'Ada a un thème natal
      Et qu'Ada a une révolution illisible
      Quand Ada envoie une demande de chaque sorte
      Alors Ada reçoit chaque fois le problème documenté
      Et le journal montre 19 demandes qui ont reçu une réponse, chacune en une ligne en UTC

    @target.process @workers.2 @cost.seconds
    Scénario: deux processus
      Étant donné un serveur à 2 processus
      Et qu'Ada a un thème natal
      Quand Ada envoie une demande sans jeton valable, sur chaque route
      Alors Ada reçoit chaque fois le problème documenté
      Quand quelqu'un demande ce que le serveur dit de lui-même
      Alors quelqu'un reçoit des métriques qui comptent chaque demande par statut
