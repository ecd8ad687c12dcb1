# language: fr
Fonctionnalité: Ce que coûte une réponse
  Presque toutes les réponses viennent des textes enregistrés : elles doivent être rapides, et laisser la base aux
  autres.

  @LI-12 @target.inprocess @both-databases
  Règle: Au plus 3 requêtes SQL pour une demande servie par un texte enregistré

    Scénario: le même rapport encore une fois
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada demande le rapport, en comptant les requêtes SQL
      Alors Ada reçoit le texte enregistré
      Et Ada reçoit au plus 3 requêtes SQL
      Et rien d'autre n'a changé

  @LI-12 @target.process @alone
  Règle: Un texte enregistré en moins de 50 ms, un modèle en moins de 100, et 100 ms de notre fait pour un texte de Claude

    @cost.seconds
    Scénario: des textes enregistrés
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada demande le rapport, 20 fois de suite
      Alors Ada reçoit le texte enregistré
      Et Ada reçoit des réponses en moins de 50 ms

    @cost.seconds
    Scénario: des modèles
      Étant donné que l'option LUNAR_LLM_MODE vaut "off"
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport, 20 fois de suite
      Alors Ada reçoit le modèle
      Et Ada reçoit des réponses en moins de 100 ms

    @cost.seconds
    Scénario: des textes que Claude écrit aussitôt
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande les 8 rapports d'un mois
      Alors il y a eu 8 appels à Claude pour Ada
      Et Ada reçoit des réponses en moins de 100 ms

    @cost.seconds
    Scénario: 100 demandes par seconde
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada demande le rapport 100 fois par seconde pendant 3 secondes
      Alors Ada reçoit des réponses qui ne ralentissent pas
      Et il y a eu 0 appel à Claude pour Ada

    @cost.minute
    Scénario: 100 demandes par seconde pendant 20 secondes
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada demande le rapport 100 fois par seconde pendant 20 secondes
      Alors Ada reçoit des réponses qui ne ralentissent pas
      Et il y a eu 0 appel à Claude pour Ada
