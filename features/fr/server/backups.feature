# language: fr
Fonctionnalité: Quand un serveur est perdu, et que sa sauvegarde est là
  Ce qu'un serveur garde se trouve à deux endroits, la base de données et le journal des événements. Une sauvegarde d'un
  seul des deux vaut peu, et une sauvegarde que personne n'a jamais restaurée ne vaut rien.

  @SV-18 @target.process @both-databases
  Règle: La sauvegarde d'un serveur en service a les deux moitiés, les rend entières, et aucun numéro ne sert deux fois

    Scénario: tout est perdu, sauf la sauvegarde
      Étant donné qu'il y a 30 articles
      Et qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Quand le premier serveur redémarre sur ce que restaure sa sauvegarde
      Alors 30 articles sont là
      Et le serveur va bien
      Et rien d'autre n'a changé

    Scénario: quelqu'un qui est venu après la sauvegarde, et quelqu'un qui vient maintenant
      Étant donné qu'Ada a un thème natal
      Quand le premier serveur redémarre sur ce que restaure sa sauvegarde
      Et quelqu'un envoie un compte, puis la fin de son envoi
      Alors quelqu'un reçoit un compte dont le numéro n'avait jamais été attribué

  @SV-18 @target.process
  Règle: Un instantané du journal accompagne la sauvegarde, pour qu'un démarrage n'ait pas à relire tout le journal

    @cost.seconds
    Scénario: un journal avec un instantané
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "20"
      Quand je crée 30 articles rapidement
      Alors il y a des instantanés aux événements "19" et à aucun autre
      Quand le premier serveur redémarre sur ce que restaure sa sauvegarde
      Alors il y a des instantanés aux événements "19" et à aucun autre
      Et 30 articles sont là
      Et rien d'autre n'a changé

  @SV-18 @target.process
  Règle: Rien n'est restauré par-dessus l'existant, et seul est sauvegardé ou restauré ce qui est resté tel qu'écrit

    Scénario: un emplacement déjà occupé, et des dossiers sans sauvegarde
      Étant donné qu'il y a 30 articles
      Quand l'exploitant lance ces commandes
        | commande       | code | dit                                                              |
        | backup NEW     | 0    | database: database. … articles: 30 events … backup:              |
        | backup NEW     | 1    | There is something in                                            |
        | restore NEW    | 1    | A backup goes into an empty place … is not. Nothing was changed. |
        | restore OTHER  | 1    | There is no whole backup in … backup.json is missing             |
        | log verify NEW | 0    | whole: 30 events … verdict: whole                                |
      Alors ces commandes se terminent comme il y est dit
      Et le serveur va bien
      Et rien d'autre n'a changé

    @cost.seconds
    Plan du scénario: ce qu'une sauvegarde dit d'un journal de <nombre> articles
      Étant donné qu'il y a <nombre> articles
      Quand l'exploitant lance ces commandes
        | commande   | code | dit                    |
        | backup NEW | 0    | articles: <événements> |
      Alors ces commandes se terminent comme il y est dit
      Et rien d'autre n'a changé

      Exemples:
        | nombre | événements                     |
        | 2      | 2 events, the last is event 1, |
        | 1      | 1 event, the last is event 0,  |

    Scénario: un journal corrompu
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par un bit inversé à la ligne 12
      Et l'exploitant lance ces commandes
        | commande    | code | dit                                                  |
        | backup NEW  | 1    | The event log is corrupt, line 12                    |
        | restore NEW | 1    | There is no whole backup in … backup.json is missing |
      Alors ces commandes se terminent comme il y est dit
      Et les dégâts sont bien décrits


    @database.sqlite
    Scénario: une base de données corrompue
      Étant donné un serveur dont la base est corrompue
      Quand l'exploitant lance ces commandes
        | commande    | code | dit                                                  |
        | backup NEW  | 4    | The copy of the database is not sound:               |
        | restore NEW | 1    | There is no whole backup in … backup.json is missing |
      Alors ces commandes se terminent comme il y est dit
      Et le serveur va bien

    @database.sqlite
    Scénario: un dossier dans lequel SQLite ne peut pas écrire
      Étant donné qu'il y a 30 articles
      Quand l'exploitant lance ces commandes
        | commande     | code | dit                                                  |
        | backup LONG  | 4    | The database could not be copied: unable to open     |
        | restore LONG | 1    | There is no whole backup in … backup.json is missing |
      Alors ces commandes se terminent comme il y est dit
      Et le serveur va bien
      Et rien d'autre n'a changé
