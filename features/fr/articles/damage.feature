# language: fr
Fonctionnalité: Quand le journal est abîmé
  Des disques se dégradent, des outils tronquent, des machines perdent le courant au milieu d'une ligne. Le serveur doit
  distinguer un dernier enregistrement incomplet, que laisse un arrêt brutal, d'un dommage aux enregistrements déjà
  stockés, et ne jamais les confondre.

  @AR-11 @cost.minute
  Règle: Chaque bit inversé et chaque troncature sont correctement diagnostiqués, où qu'ils soient

    Scénario: chaque bit d'un journal de trente articles
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par l'inversion de chaque bit, un seul à la fois
      Alors les dégâts sont bien décrits
      Et 30 articles sont là
      Et rien d'autre n'a changé

    Scénario: chaque longueur d'un journal de trente articles
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par chaque coupe possible, une seule à la fois
      Alors les dégâts sont bien décrits
      Et 30 articles sont là
      Et rien d'autre n'a changé

  @AR-11
  Règle: Une ligne manquante, répétée, déplacée ou écrite autrement est trouvée, même avec une somme de contrôle juste

    Scénario: chaque ligne d'un journal de dix articles
      Étant donné qu'il y a 10 articles
      Quand le journal est abîmé par chaque ligne manquante, répétée, déplacée ou réécrite, une seule à la fois
      Alors les dégâts sont bien décrits
      Et 10 articles sont là
      Et rien d'autre n'a changé

  @AR-11 @target.process
  Règle: Un démarrage retire une fin déchirée et le signale ; il refuse tout autre dommage, et ne change rien

    Scénario: la fin est déchirée, comme la laisse un arrêt brutal
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par une coupe dans sa dernière ligne
      Et le premier serveur redémarre
      Alors les dégâts sont bien décrits
      Et le fichier events.raftlog doit contenir exactement 29 événements
      Et le journal est intact
      Et 29 articles sont là

    @cost.seconds
    Scénario: un bit est inversé, et de bonnes lignes suivent
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par un bit inversé à la ligne 12
      Et un serveur est démarré
      Alors la commande se termine avec le code 1
      Et elle dit "line 12, byte"
      Et les dégâts sont bien décrits

    @cost.seconds
    Scénario: une ligne dit autre chose, et a la somme de contrôle qui va avec
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par un autre titre à la ligne 12, avec une somme de contrôle juste
      Et un serveur est démarré
      Alors la commande se termine avec le code 1
      Et elle dit "line 13, byte"
      Et les dégâts sont bien décrits

    @cost.seconds
    Plan du scénario: la dernière ligne dit ce que cette version n'écrit jamais : <quoi>
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par <quoi> dans sa dernière ligne, avec une somme de contrôle juste
      Et un serveur est démarré
      Alors la commande se termine avec le code 1
      Et elle dit "<dit>"
      Et les dégâts sont bien décrits

      Exemples:
        | quoi                                       | dit                                                         |
        | un article x                               | is about 'x', which is no article's id                      |
        | un article 029                             | is about '029', which is no article's id                    |
        | un article 30                              | creates article 30, not 29                                  |
        | un article sans titre                      | is no ArticleCreated as this version has it                 |
        | un article dont le propriétaire est un mot | is no ArticleCreated as this version has it                 |
        | un article archivé                         | has a type that this version does not know: ArticleArchived |

    @cost.seconds
    Scénario: la fin d'un lot est déchirée
      Étant donné qu'il y a 10 articles
      Quand je crée 30 articles par lots de 10
      Et le journal est abîmé par une coupe dans sa dernière ligne
      Et le premier serveur redémarre
      Alors les dégâts sont bien décrits
      Et 30 articles sont là
      Et le journal est intact

    @cost.seconds
    Plan du scénario: le journal se termine trop tôt, et seul un instantané le sait : <quoi>
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "10"
      Et qu'il y a 10 articles
      Quand je crée 20 articles rapidement
      Alors il y a des instantanés aux événements "9 19 29" et à aucun autre
      Quand le journal est abîmé par <quoi>
      Et un serveur est démarré
      Alors la commande se termine avec le code 1
      Et elle dit "the log was durable up to event 29"
      Et les dégâts sont bien décrits

      Exemples:
        | quoi                                                       |
        | la perte de ses 10 derniers événements et de son manifeste |

      @cost.minute
      Exemples: le même, quand le manifeste ne manque pas
        | quoi                                                              |
        | la perte de ses 10 derniers événements, avec un manifeste d'avant |

    @cost.seconds
    Scénario: le journal se termine proprement, mais trop tôt
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par une coupe nette après la ligne 20
      Et un serveur est démarré
      Alors la commande se termine avec le code 1
      Et elle dit "the log was durable up to event 29"
      Et les dégâts sont bien décrits
