# language: fr
Fonctionnalité: Le vrai Claude
  Le service factice parle le protocole tel que nous le connaissons. De temps à autre, quelqu'un qui a une clé veut
  voir que le vrai le parle encore.

  @LI-1 @live
  Règle: Avec une vraie clé, et sans autre adresse, le même code parle au vrai service

    Scénario: un rapport en français
      Étant donné que le service Claude est le vrai
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le thème central du rapport
      Alors Ada reçoit un bon texte de Claude
      Et rien d'autre n'a changé
