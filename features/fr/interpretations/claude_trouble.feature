# language: fr
Fonctionnalité: Ce qui compte comme une panne de Claude
  Le disjoncteur doit s'ouvrir quand Claude est en panne, et seulement alors : une demande que Claude refuse, ou un
  mauvais moment par jour, ne doit priver personne de ses textes.

  @LI-6 @both-databases
  Règle: Des échecs de suite ouvrent le disjoncteur, un refus non, et chaque essai manqué le garde ouvert

    Scénario: une demande que Claude refuse
      Étant donné que le service Claude répond 400
      Et que le service Claude est tenté une fois, et laissé en paix après 1 échec
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Et que le service Claude va de nouveau bien
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada

    Scénario: deux échecs, et un texte entre les deux
      Étant donné que le service Claude répond 500 une fois
      Et que l'option LUNAR_CLAUDE_FAILURES_MAX vaut "2"
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Et que le service Claude répond 500 une fois
      Quand Ada demande le climat du rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 2 appels à Claude pour Ada

    Scénario: Claude est essayé après son repos, et échoue encore
      Étant donné que le service Claude répond 500
      Et que le service Claude est tenté une fois, et laissé en paix 1500 ms après 1 échec
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande le rapport, jusqu'à ce que Claude soit appelé, et une fois encore
      Alors Ada reçoit le modèle
      Et il y a eu 1 appel à Claude pour Ada
