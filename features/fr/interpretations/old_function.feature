# language: fr
Fonctionnalité: La fonction de la première version
  Le code qui appelle l'ancienne fonction continue de marcher jusqu'à ce qu'on le change. Elle ne connaît aucun
  lecteur, et ne doit donc pas livrer ce qui fut écrit pour l'un d'eux.

  @LI-13 @both-databases
  Règle: Elle donne texte, conseils et origine comme avant, avertit, et n'interroge ni les textes enregistrés ni Claude

    Scénario: il y a un modèle
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada demande le texte de l'ancienne fonction
      Alors Ada reçoit le modèle, par l'ancienne fonction
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: une version dont il n'y a pas de modèle
      Étant donné qu'Ada a des révolutions lunaires
      Quand Ada demande le texte de l'ancienne fonction en version 7
      Alors Ada reçoit le modèle, par l'ancienne fonction
      Et rien d'autre n'a changé

    Scénario: une version dont il y a un modèle
      Étant donné un serveur dont la base a aussi des modèles de version 4
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le texte de l'ancienne fonction en version 4
      Alors Ada reçoit le modèle de la version 4, par l'ancienne fonction
      Et rien d'autre n'a changé

    Scénario: une autre langue
      Étant donné qu'Ada a des révolutions lunaires
      Quand Ada demande le texte de l'ancienne fonction en anglais
      Alors Ada reçoit le texte intégré en anglais, par l'ancienne fonction
      Et rien d'autre n'a changé

    Scénario: il n'y a aucun modèle
      Étant donné un serveur dont la base n'a aucun modèle
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le texte de l'ancienne fonction
      Alors Ada reçoit le texte intégré, par l'ancienne fonction
      Et rien d'autre n'a changé

  @LI-7
  Règle: Ce qu'elle lève est une erreur des interprétations

    Scénario: un signe qui n'existe pas
      Étant donné qu'Ada a des révolutions lunaires
      Quand Ada demande le texte de l'ancienne fonction pour un signe qui n'existe pas
      Alors Ada reçoit l'erreur propre à l'ancienne fonction
