# language: fr
Fonctionnalité: Quand le disque est défaillant
  Un disque plein aura de nouveau de la place ; un disque qui n'a pas pu synchroniser a peut-être perdu ce qui lui
  était écrit, et ne le signale qu'une fois. Dans les deux cas, rien n'est confirmé qui ne soit enregistré.

  @AR-18 @target.process
  Règle: Un disque plein refuse clairement, ne perd rien, et reprend quand il y a de la place

    Scénario: plein, puis de nouveau de la place
      Étant donné que le disque va bien
      Et qu'il y a 100 articles
      Et que le disque n'a plus de place
      Quand Ada envoie un article
      Alors Ada est refusée avec 507 "no room"
      Et 100 articles sont là
      Quand le disque a de nouveau de la place
      Et je crée 100 articles rapidement
      Alors les identifiants 0 à 199 ont été donnés, chacun une fois
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-18 @target.process
  Règle: Après une synchronisation qui a échoué, rien n'est confirmé jusqu'au redémarrage

    Scénario: une défaillance, puis le disque va de nouveau bien
      Étant donné que le disque va bien
      Et qu'il y a 100 articles
      Et que le disque ne parvient plus à synchroniser
      Et qu'Ada envoie un article
      Quand le disque va de nouveau bien
      Et Ada envoie un article
      Alors Ada est refusée avec 503 "failed"
      Et 100 articles sont là

    @cost.seconds
    Scénario: un redémarrage sur un disque qui va bien, puis une coupure de courant
      Étant donné que le disque va bien
      Et qu'il y a 100 articles
      Et que le disque ne parvient plus à synchroniser
      Et qu'Ada envoie un article
      Quand le disque va de nouveau bien
      Et le premier serveur redémarre
      Et je crée 100 articles rapidement
      Alors le journal est intact
      Quand le premier serveur est tué
      Alors les identifiants 0 à 200 ont été donnés, chacun une fois
      Et rien d'autre n'a changé

  @AR-18 @target.process @cost.minute
  Règle: Ce qui a été confirmé survit à une coupure de courant, et un instantané déjà pris aussi

    Scénario: le courant est coupé cinq fois pendant que trente-deux clients écrivent
      Étant donné que le disque oublie, quand le serveur est tué, ce qui n'était pas synchronisé
      Quand on tue le serveur 5 fois pendant que 32 clients écrivent
      Alors chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé

    @AR-15
    Scénario: le courant est coupé après que des instantanés ont été pris
      Étant donné que le disque oublie, quand le serveur est tué, ce qui n'était pas synchronisé
      Et que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "100"
      Quand je crée 500 articles en parallèle avec 8 threads
      Alors il y a au moins 5 instantanés, et chacun restaure ce que dit le journal à son événement
      Quand le premier serveur est tué
      Alors il y a au moins 5 instantanés, et chacun restaure ce que dit le journal à son événement
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-18 @target.process @cost.minute
  Règle: Un disque lent fait de plus grands groupes et ne perd rien

    Scénario: une seconde pour chaque synchronisation
      Étant donné que le disque met 1 seconde à synchroniser
      Quand je crée 200 articles en parallèle avec 100 threads
      Alors ces limites sont tenues
        | grandeur | limite         |
        | réponses | exactement 200 |
        | échecs   | exactement 0   |
      Et les identifiants 0 à 199 ont été donnés, chacun une fois
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-18 @target.process
  Règle: Un dossier inutilisable est refusé avant que rien ne soit confirmé

    Scénario: un disque en lecture seule
      Étant donné que le disque est en lecture seule
      Quand un serveur est démarré
      Alors la commande se termine avec le code 4
      Et elle dit "Read-only file system"
      Et rien d'autre n'a changé

    @cost.seconds
    Scénario: un second propriétaire
      Étant donné qu'il y a 30 articles
      Quand un serveur est démarré
      Alors la commande se termine avec le code 4
      Et elle dit "is owned by process"
      Et 30 articles sont là
      Et rien d'autre n'a changé
