# language: fr
Fonctionnalité: Quand Claude est laissé en paix un moment
  Quand Claude a échoué plusieurs fois de suite, l'interroger encore coûte des secondes à chaque lecteur. Un
  disjoncteur s'ouvre, les lecteurs reçoivent aussitôt le modèle, et un seul appel vérifie si Claude va de nouveau
  bien.

  @LI-6 @both-databases
  Règle: Tant que le disjoncteur est ouvert un lecteur est servi en 100 ms, puis Claude est de nouveau interrogé

    Scénario: le disjoncteur s'ouvre
      Étant donné que le service Claude répond 500
      Et que le service Claude est tenté une fois, et laissé en paix après 1 échec
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande le rapport, 20 fois de suite
      Alors Ada reçoit le modèle
      Et Ada reçoit des réponses en moins de 100 ms
      Et il y a eu 0 appel à Claude pour Ada

    @cost.seconds
    Scénario: Claude va de nouveau bien, et le disjoncteur se ferme
      Étant donné que le service Claude répond 500
      Et que le service Claude est tenté une fois, et laissé en paix 1500 ms après 1 échec
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Et que le service Claude va de nouveau bien
      Quand Ada demande le rapport, une fois Claude reposé
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada

    Scénario: un nouveau texte est demandé pendant que le disjoncteur est ouvert
      Étant donné que le service Claude va bien
      Et que le service Claude est tenté une fois, et laissé en paix après 1 échec
      Et qu'Ada a un texte enregistré
      Et que le service Claude répond 500
      Et qu'Ada demande le climat du rapport
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un refus parce que Claude échoue
      Et il y a eu 0 appel à Claude pour Ada

  @LI-6 @target.process
  Règle: Les autres sont servis comme d'habitude pendant que Claude ne répond pas

    @alone @cost.seconds
    Scénario: 50 textes sont en cours
      Étant donné que le service Claude ne répond jamais
      Et qu'Ada a des révolutions lunaires
      Et que Grace a des révolutions lunaires
      Et que Grace demande la révolution courante, 100 fois de suite
      Et qu'Ada a 50 textes en cours
      Quand Grace demande la révolution courante, 100 fois de suite
      Alors Grace reçoit des réponses aussi rapides que d'habitude, à 50 ms près

    Scénario: le texte enregistré d'un autre lecteur, pendant qu'un texte est en cours
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et que Grace a un texte enregistré
      Et qu'Ada a un rapport en cours
      Quand Grace demande le rapport
      Alors Grace reçoit sa réponse en moins de 2 secondes
      Et la demande faite par Ada est satisfaite par le texte de Claude

  @LI-6 @both-databases @cost.minute
  Règle: Les vraies limites : 10 secondes pour un lecteur, 30 pour un appel

    @alone
    Scénario: Claude ne répond jamais
      Étant donné que le service Claude ne répond jamais
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit sa réponse en moins de 10 secondes
      Et Ada reçoit sa réponse en au moins 8 secondes
      Et Ada reçoit le modèle
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: Claude répond au bout de 20 secondes
      Étant donné que le service Claude met 20 secondes
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande le rapport, une fois son texte enregistré
      Alors Ada reçoit le texte enregistré entre-temps
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: un nouveau texte est attendu aussi longtemps qu'un appel peut durer
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Et que le service Claude ne répond jamais
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un refus parce que Claude échoue
      Et rien d'autre n'a changé
