# language: fr
Fonctionnalité: De grands journaux
  Un journal ne fait que grandir. Les instantanés évitent au démarrage de le relire en entier, les lots évitent à un
  chargement massif de durer toute la journée, et rien de cela n'arrête le serveur pour les autres.

  @AR-12 @target.process @alone @cost.minute
  Règle: Les autres requêtes sont servies pendant que de grands lots sont enregistrés

    Scénario: cinquante mille articles en dix lots
      Étant donné que la persistance est activée par défaut
      Quand je crée 50000 articles par lots de 5000
      Alors ces limites sont tenues
        | grandeur               | limite            |
        | réponses               | exactement 10     |
        | échecs                 | exactement 0      |
        | taille du journal      | plus de 5 Mo      |
        | 99e centile des autres | moins de 100 ms   |
        | serveur nu             | au moins 15000 /s |
      Et 50000 articles sont là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-15 @target.process
  Règle: Les instantanés sont pris sous charge, et chacun d'eux est valide

    @cost.seconds
    Scénario: un instantané tous les mille articles, pour cinq mille articles
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "1000"
      Quand je crée 5000 articles en parallèle avec 32 threads
      Alors il y a au moins 5 instantanés, et chacun restaure ce que dit le journal à son événement
      Et chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé

    @cost.seconds
    Scénario: par défaut, un instantané tous les dix mille
      Étant donné qu'il y a 9999 articles
      Quand je crée 10 articles rapidement
      Alors il y a des instantanés aux événements "9999" et à aucun autre
      Et 10009 articles sont là
      Et rien d'autre n'a changé

  @AR-15 @target.process
  Règle: Un instantané qui n'a pas pu être pris n'est pas une raison de s'arrêter, et le suivant est pris

    Scénario: un autre processus prend des instantanés à ce moment
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "20"
      Et que le premier serveur ne peut pas prendre d'instantané
      Quand je crée 20 articles rapidement
      Et le premier serveur peut de nouveau prendre des instantanés
      Et je crée 20 articles rapidement
      Alors il y a des instantanés aux événements "39" et à aucun autre
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-19 @target.process @cost.minute @timeout.300
  Règle: Les comptes sont exacts, si grands soient-ils

    Scénario: cent mille créés, dix mille modifiés, cinq mille supprimés
      Étant donné qu'il y a 100000 articles
      Quand je modifie 10000 articles et j'en supprime 5000 autres
      Alors le journal a des événements de ces types
        | type           | événements |
        | ArticleCreated | 100000     |
        | ArticleUpdated | 10000      |
        | ArticleDeleted | 5000       |
      Et 95000 articles sont là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-14 @target.process @alone @cost.hour @timeout.14400
  Règle: Le temps de chargement d'un million d'événements est indiqué

    Scénario: un million de petits articles
      Étant donné qu'il y a 1000000 articles
      Quand le premier serveur est arrêté
      Et le premier serveur redémarre
      Et je crée 10 articles rapidement
      Alors ces limites sont tenues
        | grandeur  | limite        |
        | démarrage | moins de 60 s |
        | réponses  | exactement 10 |
      Et le fichier events.raftlog doit contenir exactement 1000010 événements
      Et 1000010 articles sont là
      Et rien d'autre n'a changé
