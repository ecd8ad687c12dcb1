# language: fr
Fonctionnalité: Quand le serveur redémarre
  Un redémarrage relit le journal depuis le début, ou à partir d'un instantané, et reprend là où il s'arrêtait : avec
  les mêmes articles, et avec le numéro suivant.

  @AR-9 @target.process
  Règle: Un serveur redémarré a tous ses articles, et leur numérotation continue

    @cost.seconds
    Scénario: mille articles avant, mille après
      Étant donné qu'il y a 1000 articles
      Quand le premier serveur est arrêté
      Et le premier serveur redémarre
      Et je crée 1000 articles rapidement
      Alors le fichier events.raftlog doit contenir exactement 2000 événements
      Et les identifiants 0 à 1999 ont été donnés, chacun une fois
      Et 2000 articles sont là
      Et le journal est intact

  @AR-9 @target.process
  Règle: Tant qu'un serveur n'a pas lu son journal, il n'est pas prêt et le dit à qui demande des articles

    @cost.seconds
    Scénario: interrogé avant que le journal soit lu
      Étant donné que le disque va bien
      Et qu'il y a 30 articles
      Quand le premier serveur redémarre, et n'a pas encore lu son journal
      Et Ada demande, l'un après l'autre
        | demande                    | réponse | avec                            |
        | s'il est prêt              | 503     | status event log replaying      |
        | s'il vit                   | 200     | status ok                       |
        | l'article 0                | 503     | dit still reading its event log |
        | les articles               | 503     | dit still reading its event log |
        | créer A                    | 503     | dit still reading its event log |
        | changer 0 en B             | 503     | dit still reading its event log |
        | supprimer 0                | 503     | dit still reading its event log |
        | ce que contient le journal | 503     | dit still reading its event log |
      Et le premier serveur a lu son journal
      Et Ada demande, l'un après l'autre
        | demande       | réponse | avec         |
        | s'il est prêt | 200     | status ready |
        | créer A       | 201     | id 30        |
      Alors Ada reçoit ce qui y est dit
      Et 31 articles sont là

  @AR-14 @target.process @alone @cost.minute
  Règle: Un journal de grands articles est vite relu, et ne ralentit pas les lecteurs

    Scénario: mille articles de dix mille caractères
      Étant donné que les articles ont 10000 caractères
      Et qu'il y a 1000 articles
      Quand le premier serveur est arrêté
      Et le premier serveur redémarre
      Et ces clients travaillent pendant 3 secondes
        | clients | font    | débit |
        | 8       | lecture |       |
      Alors ces limites sont tenues
        | grandeur          | limite         |
        | taille du journal | plus de 10 Mo  |
        | démarrage         | moins de 5 s   |
        | échecs            | exactement 0   |
        | 99e centile       | moins de 50 ms |
      Et rien d'autre n'a changé

  @AR-16 @target.process @cost.minute @timeout.300
  Règle: Un serveur tué n'a rien perdu de ce qu'il a confirmé

    Scénario: tué vingt fois de suite pendant que trente-deux clients écrivent
      Étant donné que la persistance est activée par défaut
      Quand on tue le serveur 20 fois pendant que 32 clients écrivent
      Alors chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-17 @target.process
  Règle: Un serveur qui n'attend pas le disque n'a rien perdu non plus quand il est tué

    Scénario: tué trois fois de suite pendant que trente-deux clients écrivent
      Étant donné que l'option EVENT_LOG_DURABILITY vaut "flush"
      Quand on tue le serveur 3 fois pendant que 32 clients écrivent
      Alors chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-16 @target.process @cost.hour @timeout.14400
  Règle: Un serveur tué deux mille fois n'a rien perdu non plus

    Scénario: tué deux mille fois pendant que trente-deux clients écrivent
      Étant donné que la persistance est activée par défaut
      Quand on tue le serveur 2000 fois pendant que 32 clients écrivent
      Alors chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé
