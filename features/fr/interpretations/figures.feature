# language: fr
Fonctionnalité: Ce qui a été écrit pour une personne
  Une lectrice peut demander ce qui a été écrit pour elle, par quel modèle, et combien de fois c'est resservi.

  @LI-9 @both-databases
  Règle: Les chiffres d'une personne sont ceux de ses propres textes

    Scénario: rien n'a été écrit
      Étant donné qu'Ada a des révolutions lunaires
      Quand Ada demande les chiffres des textes
      Alors Ada reçoit les chiffres de 0 texte
      Et rien d'autre n'a changé

    Scénario: un texte réutilisé
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada demande le rapport
      Et qu'Ada demande le rapport
      Et qu'Ada demande le rapport
      Quand Ada demande les chiffres des textes
      Alors Ada reçoit les chiffres de 1 texte, écrit 1 fois et réutilisé 3 fois

    Scénario: deux textes, dont un réécrit
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada demande le rapport en anglais
      Et qu'Ada demande le rapport
      Et qu'Ada envoie une demande de nouveau texte
      Quand Ada demande les chiffres des textes
      Alors Ada reçoit les chiffres de 2 textes, écrits 3 fois et réutilisés 1 fois

    Scénario: les modèles ne sont les textes de personne
      Étant donné que le service Claude répond 400
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande les chiffres des textes
      Alors Ada reçoit les chiffres de 0 texte
      Et rien d'autre n'a changé

    Scénario: les textes d'autrui ne comptent pas
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et que Grace a des révolutions lunaires
      Et que Grace demande le rapport
      Quand Ada demande les chiffres des textes
      Alors Ada reçoit les chiffres de 0 texte
      Et Ada reçoit sa réponse en moins de 1 seconde
      Et rien d'autre n'a changé

  @LI-9 @both-databases @target.process @workers.2 @cost.seconds
  Règle: Ce qu'un processus comptait en cours finit avec lui

    Scénario: les processus de service sont tués pendant qu'un texte est en cours
      Étant donné que le service Claude va bien
      Et un serveur à 2 processus
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada a un rapport en cours, jamais rendu
      Et que le serveur perd ses processus de service
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 0 génération en cours
