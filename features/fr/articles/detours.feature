# language: fr
Fonctionnalité: Quand un serveur démarre sur ce qu'un détour a laissé
  Instantanés, dossiers restaurés, journaux réparés et fichiers perdus ramènent aux mêmes articles. Après
  chacun d'eux, le serveur doit accepter les écritures comme avant.

  @AR-9 @target.process
  Règle: Un instantané rend les modifications, les suppressions et les numéros, et ce qui est écrit ensuite est là au démarrage suivant

    @cost.seconds
    Scénario: deux démarrages sur un instantané qui clôt le journal, après une modification et une suppression
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "5"
      Quand Ada demande, l'un après l'autre
        | demande        | réponse | avec      |
        | créer A        | 201     | id 0      |
        | créer B        | 201     | id 1      |
        | créer C        | 201     | id 2      |
        | changer 0 en D | 200     | version 2 |
        | supprimer 2    | 204     |           |
      Alors Ada reçoit ce qui y est dit
      Et il y a des instantanés aux événements "4" et à aucun autre
      Quand le premier serveur redémarre
      Et Grace demande, l'un après l'autre
        | demande                        | réponse | avec                                                                                                |
        | l'article 0                    | 200     | version 2, title D, created_at now                                                                  |
        | l'article 2                    | 404     | dit no article of this id                                                                           |
        | ce que contient le journal     | 200     | events 5, by_type.ArticleCreated 3, by_type.ArticleUpdated 1, by_type.ArticleDeleted 1, snapshots 4 |
        | créer E                        | 201     | id 3, version 1                                                                                     |
        | changer 0 en F, à la version 2 | 200     | version 3                                                                                           |
      Et le premier serveur redémarre
      Et Linus demande, l'un après l'autre
        | demande      | réponse | avec                             |
        | les articles | 200     | ids 0 1 3, titles F B E, total 3 |
        | créer G      | 201     | id 4                             |
      Alors Grace reçoit ce qui y est dit
      Et Linus reçoit ce qui y est dit
      Et le journal est intact

  @AR-15 @target.process
  Règle: De plus d'instantanés qu'il n'en est gardé, les plus anciens sont supprimés, et ceux qui restent sont bons

    @cost.minute
    Scénario: sept instantanés, dont cinq sont gardés
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "10"
      Et qu'il y a 10 articles
      Quand je crée 60 articles rapidement
      Alors il y a des instantanés aux événements "29 39 49 59 69" et à aucun autre
      Et il y a au moins 5 instantanés, et chacun restaure ce que dit le journal à son événement
      Et des fichiers du journal, seuls le journal et son verrou sont ouverts
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-15 @target.process
  Règle: Un instantané altéré est ignoré au profit du précédent, ou du journal entier

    @cost.minute
    Plan du scénario: <quoi>
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "10"
      Et qu'il y a 10 articles
      Quand je crée 10 articles rapidement
      Alors il y a des instantanés aux événements "9 19" et à aucun autre
      Quand le journal est abîmé par <quoi>
      Et le premier serveur redémarre
      Alors les dégâts sont bien décrits
      Et 20 articles sont là

      Exemples:
        | quoi                                                                   |
        | un autre titre dans son instantané le plus récent                      |
        | un bit inversé dans la première ligne de son instantané le plus récent |
        | un autre titre dans tous ses instantanés                               |
        | un autre titre à la ligne 20, avec une somme de contrôle juste         |

  @AR-15 @target.process
  Règle: Un instantané peut porter sur un seul événement

    @cost.seconds
    Scénario: un article, et un démarrage sur son instantané
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "1"
      Quand Ada demande, l'un après l'autre
        | demande | réponse | avec |
        | créer A | 201     | id 0 |
      Alors il y a des instantanés aux événements "0" et à aucun autre
      Quand le premier serveur redémarre
      Et Ada demande, l'un après l'autre
        | demande      | réponse | avec           |
        | les articles | 200     | ids 0, total 1 |
        | créer B      | 201     | id 1           |
      Alors Ada reçoit ce qui y est dit
      Et le journal est intact

  @AR-15 @target.process
  Règle: Un dossier restauré est servi et reçoit des écritures comme un autre

    @cost.minute
    Scénario: restauré, servi, modifié et redémarré
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "10"
      Quand je crée 10 articles rapidement
      Alors il y a des instantanés aux événements "9" et à aucun autre
      Quand le premier serveur redémarre sur ce que restaure son instantané le plus récent
      Et Ada demande, l'un après l'autre
        | demande        | réponse | avec                              |
        | les articles   | 200     | ids 0 1 2 3 4 5 6 7 8 9, total 10 |
        | créer A        | 201     | id 10                             |
        | changer 9 en B | 200     | version 2                         |
      Et le premier serveur redémarre
      Alors Ada reçoit ce qui y est dit
      Et 11 articles sont là
      Et le journal est intact

  @AR-11 @target.process
  Règle: Un journal réparé est servi et reçoit des écritures comme un autre

    @cost.minute
    Scénario: réparé avant un bit inversé, puis modifié
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par un bit inversé à la ligne 12
      Et le premier serveur redémarre sur ce que laisse une réparation
      Et Ada demande, l'un après l'autre
        | demande                    | réponse | avec                      |
        | l'article 10               | 200     | id 10, version 1          |
        | l'article 11               | 404     | dit no article of this id |
        | créer A                    | 201     | id 11, version 1          |
        | ce que contient le journal | 200     | events 12, last_seq 11    |
      Alors Ada reçoit ce qui y est dit
      Et 12 articles sont là
      Et le journal est intact

  @AR-11 @target.process
  Règle: Un démarrage se fie à ce que sait le manifeste, et réussit sans lui

    @cost.minute
    Plan du scénario: le manifeste est un autre : <quoi>
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par <quoi>
      Et un serveur est démarré
      Alors la commande se termine avec le code 1
      Et elle dit "<mots>"
      Et les dégâts sont bien décrits

      Exemples:
        | quoi                                     | mots                                |
        | un manifeste qui connaît 1000 événements | the log was durable up to event 999 |
        | un manifeste d'un autre format           | this version knows format 1         |

    Plan du scénario: le serveur démarre après <quoi>
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par <quoi>
      Et le premier serveur redémarre
      Alors les dégâts sont bien décrits
      Et 30 articles sont là
      Et le journal est intact

      Exemples:
        | quoi                                |
        | la perte de son manifeste           |
        | un manifeste d'il y a 20 événements |

  @AR-27
  Règle: Les articles ont les propriétaires qu'ils avaient avant le démarrage

    @target.process
    Scénario: un article d'Ada, depuis le journal
      Étant donné que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Et qu'Ada a un compte
      Et que Grace a un compte
      Quand Ada demande, l'un après l'autre
        | demande        | réponse | avec      |
        | créer A        | 201     | id 0      |
        | changer 0 en B | 200     | version 2 |
      Alors Ada reçoit ce qui y est dit
      Quand le premier serveur redémarre
      Et Grace demande, l'un après l'autre
        | demande        | réponse | avec               |
        | changer 0 en C | 403     | dit Only its owner |
        | supprimer 0    | 403     | dit Only its owner |
      Et Ada demande, l'un après l'autre
        | demande        | réponse | avec      |
        | changer 0 en C | 200     | version 3 |
        | supprimer 0    | 204     |           |
      Alors Grace reçoit ce qui y est dit
      Et Ada reçoit ce qui y est dit

    @target.process
    Scénario: un article d'Ada, depuis un instantané
      Étant donné que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Et que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "2"
      Et qu'Ada a un compte
      Et que Grace a un compte
      Quand Ada demande, l'un après l'autre
        | demande        | réponse | avec      |
        | créer A        | 201     | id 0      |
        | changer 0 en B | 200     | version 2 |
      Alors il y a des instantanés aux événements "1" et à aucun autre
      Quand le premier serveur redémarre
      Et Grace demande, l'un après l'autre
        | demande        | réponse | avec               |
        | changer 0 en C | 403     | dit Only its owner |
        | supprimer 0    | 403     | dit Only its owner |
      Et Ada demande, l'un après l'autre
        | demande        | réponse | avec      |
        | changer 0 en C | 200     | version 3 |
        | supprimer 0    | 204     |           |
      Alors Grace reçoit ce qui y est dit
      Et Ada reçoit ce qui y est dit
