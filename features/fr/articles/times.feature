# language: fr
Fonctionnalité: Quand les horloges et les propriétaires ne sont pas ce qu'ils paraissent
  Un serveur tourne dans un fuseau horaire, son horloge peut être réglée, et sa machine peut le figer. Rien de cela ne
  doit affecter le journal.

  @AR-10 @target.process
  Règle: L'heure d'un événement est celle de l'horloge du serveur, en UTC, où que soit le serveur

    Scénario: un serveur à New York
      Étant donné que l'option TZ vaut "America/New_York"
      Quand Ada demande, l'un après l'autre
        | demande                       | réponse | avec                      |
        | créer A                       | 201     | id 0, created_at now      |
        | changer 0 en B                | 200     | version 2, created_at now |
        | enregistrer CommentAdded de 0 | 201     | seq 2, ts now             |
        | l'article 0                   | 200     | created_at now            |
      Alors Ada reçoit ce qui y est dit
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-10 @target.inprocess
  Règle: Les heures suivent l'horloge du serveur et croissent strictement, même quand elle recule

    Scénario: une heure de recul entre deux articles
      Étant donné que nous sommes le "2026-03-29"
      Et qu'il y a 3 articles
      Quand le serveur voit son horloge reculer de 1 heure
      Et je crée 3 articles rapidement
      Alors le journal est intact
      Et 6 articles sont là
      Et rien d'autre n'a changé

    Scénario: une heure d'avance entre deux articles, puis de recul
      Étant donné que nous sommes le "2026-03-29"
      Et qu'il y a 3 articles
      Quand le serveur voit son horloge avancer de 1 heure
      Et Ada demande, l'un après l'autre
        | demande                       | réponse | avec                 |
        | créer A                       | 201     | id 3, created_at now |
        | enregistrer CommentAdded de 3 | 201     | seq 4, ts now        |
        | changer 0 en B                | 200     | version 2            |
      Alors Ada reçoit ce qui y est dit
      Quand le serveur voit son horloge reculer de 1 heure
      Et Grace demande, l'un après l'autre
        | demande                       | réponse | avec                   |
        | créer C                       | 201     | id 4                   |
        | enregistrer CommentAdded de 4 | 201     | seq 7                  |
        | les articles                  | 200     | ids 0 1 2 3 4, total 5 |
        | ce que contient le journal    | 200     | events 8, last_seq 7   |
      Alors Grace reçoit ce qui y est dit
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-10
  Règle: Seul le serveur lui-même écrit les événements d'articles

    Scénario: un événement sous un type d'articles
      Étant donné qu'il y a 1 article
      Quand Ada demande, l'un après l'autre
        | demande                                                   | réponse | avec                                                                                          |
        | enregistrer ArticleCreated de 7                           | 422     | dit type                                                                                      |
        | enregistrer ArticleLiked de 0                             | 422     | dit type                                                                                      |
        | enregistrer Article de 0                                  | 422     | dit type                                                                                      |
        | enregistrer UserCreated de ada                            | 201     | seq 1, type UserCreated, entity_id ada                                                        |
        | enregistrer articleLiked de 0                             | 201     | seq 2                                                                                         |
        | enregistrer un type de 100 caractères d'une entité de 200 | 201     | seq 3                                                                                         |
        | enregistrer un type de 101 caractères d'une entité de 200 | 422     | dit type                                                                                      |
        | enregistrer un type de 100 caractères d'une entité de 201 | 422     | dit entity_id                                                                                 |
        | ce que contient le journal                                | 200     | events 4, last_seq 3, by_type.UserCreated 1, by_type.articleLiked 1, by_type.ArticleCreated 1 |
      Alors Ada reçoit ce qui y est dit
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-18 @target.process
  Règle: Un processus figé détient toujours son dossier

    @cost.minute
    Scénario: un second propriétaire pendant que le premier est figé
      Étant donné qu'il y a 30 articles
      Quand le premier serveur est figé
      Et un serveur est démarré
      Alors la commande se termine avec le code 4
      Et elle dit "is owned by process"
      Quand le premier serveur reprend
      Alors 30 articles sont là
      Et le journal est intact
      Et rien d'autre n'a changé

    @cost.seconds
    Plan du scénario: un second propriétaire quand le premier <quoi>
      Étant donné qu'il y a 30 articles
      Quand le premier serveur <quoi>
      Et un serveur est démarré
      Alors la commande se termine avec le code 4
      Et elle dit "is owned by another process"
      Et 30 articles sont là
      Et rien d'autre n'a changé

      Exemples:
        | quoi                            |
        | perd son fichier de verrou      |
        | voit son fichier de verrou vidé |
