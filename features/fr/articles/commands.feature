# language: fr
Fonctionnalité: Quand un exploitant travaille sur le journal
  Les exploitants examinent un journal avant de décider : ce qui ne va pas, où, et ce que coûterait une coupe. Leurs
  scripts se fient aux codes de sortie.

  @AR-25 @target.process
  Règle: Chaque dommage est nommé avec sa place et son code ; qui examine, ou n'accepte pas de perte, ne change rien

    Plan du scénario: un journal examiné après <dommage>
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par <dommage>
      Et l'exploitant lance ces commandes
        | commande                             | code      | dit          |
        | log verify DIR                       | <examen>  | <verdict>    |
        | log dump --from 10 DIR               | <extrait> | <événements> |
        | log repair --truncate-at <place> DIR | 1         | <refus>      |
      Alors ces commandes se terminent comme il y est dit
      Et les dégâts sont bien décrits

      Exemples:
        | dommage                           | examen | verdict                                                                             | extrait | événements                    | place          | refus                                      |
        | une coupe dans sa dernière ligne  | 5      | whole: 29 events … it knows of no durable event … verdict: torn end … line 30, byte | 0       | {"seq":10, … {"seq":28,       | end-of-line-26 | 3 events that had been kept would be lost  |
        | un bit inversé à la ligne 12      | 1      | verdict: corrupt … line 12, byte … repair --truncate-at                             | 1       | {"seq":10, … corrupt, line 12 | end-of-line-12 | the log would not be whole, line 12        |
        | une coupe nette après la ligne 20 | 1      | verdict: corrupt … the log was durable up to event 29                               | 0       | {"seq":10, … {"seq":19,       | end-of-line-20 | 10 events that had been kept would be lost |

      @cost.minute
      Exemples: ce qui peut être abîmé en outre
        | dommage                                                        | examen | verdict                                                                   | extrait | événements                                 | place          | refus                                       |
        | un autre titre à la ligne 12, avec une somme de contrôle juste | 1      | verdict: corrupt … line 13, byte                                          | 1       | {"seq":10, … {"seq":11, … corrupt, line 13 | end-of-line-11 | 19 events that had been kept would be lost  |
        | la perte de son manifeste                                      | 0      | manifest: none … verdict: whole                                           | 0       | {"seq":10, … {"seq":29,                    | end-of-line-27 | 3 events that had been kept would be lost   |
        | un manifeste d'il y a 20 événements                            | 0      | durable up to event 9 at least … verdict: whole                           | 0       | {"seq":10, … {"seq":29,                    | end-of-line-27 | 3 events that had been kept would be lost   |
        | un manifeste qui connaît 1000 événements                       | 1      | verdict: corrupt … the log was durable up to event 999                    | 0       | {"seq":10, … {"seq":29,                    | end-of-line-30 | 970 events that had been kept would be lost |
        | un manifeste d'un autre format                                 | 1      | verdict: corrupt … format 2 … use the version                             | 0       | {"seq":10, … {"seq":29,                    | end-of-line-30 | this version knows format 1                 |
        | un bit inversé dans son manifeste                              | 1      | verdict: corrupt … manifest.json, cannot be read … put manifest.json back | 0       | {"seq":10, … {"seq":29,                    | end-of-line-27 | 3 events that had been kept would be lost   |
        | la perte du journal, mais pas de son manifeste                 | 1      | all events are missing … --accept-loss                                    | 1       | all events are missing                     | 0              | 30 events that had been kept would be lost  |

  @AR-25 @target.process
  Règle: Une réparation laisse un journal intact, dit ce qui est perdu, et garde ce qu'elle coupe

    Scénario: la fin déchirée est coupée, et rien n'est perdu
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par une coupe dans sa dernière ligne
      Et l'exploitant lance ces commandes
        | commande                                    | code | dit                                                                                        |
        | log repair --truncate-at end-of-line-29 DIR | 0    | lost: 0 events … kept aside: events.raftlog.broken-… left: 29 events, the last is event 28 |
        | log verify DIR                              | 0    | durable up to event 28 … kept aside: events.raftlog.broken- … verdict: whole               |
      Alors ces commandes se terminent comme il y est dit
      Et les dégâts sont bien décrits
      Et le journal est intact
      Et le fichier events.raftlog doit contenir exactement 29 événements

    @cost.seconds
    Scénario: une perte est acceptée, d'événements et d'un instantané qui les connaît
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "10"
      Et qu'il y a 10 articles
      Quand je crée 20 articles rapidement
      Alors il y a des instantanés aux événements "9 19 29" et à aucun autre
      Quand le journal est abîmé par un bit inversé à la ligne 12
      Et l'exploitant lance ces commandes
        | commande                                                  | code | dit                                                                                                                     |
        | log repair --truncate-at end-of-line-11 DIR               | 1    | 19 events that had been kept would be lost. Nothing was changed                                                         |
        | log repair --truncate-at end-of-line-11 --accept-loss DIR | 0    | lost: 19 events … broken-… , snapshot-000000000029.json.broken-0, snapshot-000000000019.json.broken-0 … left: 11 events |
        | log verify DIR                                            | 0    | durable up to event 10 … snapshots: event 9 … verdict: whole                                                            |
        | log dump DIR/articles                                     | 0    | {"seq":0, … {"seq":10,                                                                                                  |
      Alors ces commandes se terminent comme il y est dit
      Et les dégâts sont bien décrits
      Et il y a des instantanés aux événements "9" et à aucun autre
      Et le fichier events.raftlog doit contenir exactement 11 événements

    @cost.seconds
    Scénario: une réparation après une synchronisation échouée, puis le courant est coupé
      Étant donné que le disque va bien
      Et qu'il y a 30 articles
      Et que le disque ne parvient plus à synchroniser
      Et qu'Ada envoie un article
      Quand le disque va de nouveau bien
      Et le journal est abîmé par la perte de son manifeste
      Et l'exploitant lance ces commandes
        | commande                                    | code | dit                                |
        | log repair --truncate-at end-of-line-31 DIR | 0    | cut off: 0 bytes … left: 31 events |
      Et le premier serveur redémarre
      Alors ces commandes se terminent comme il y est dit
      Quand le premier serveur est tué
      Alors le journal est intact
      Et le fichier events.raftlog doit contenir exactement 31 événements

    @cost.minute
    Plan du scénario: une réparation après <dommage>
      Étant donné qu'il y a 30 articles
      Quand le journal est abîmé par <dommage>
      Et l'exploitant lance ces commandes
        | commande                                           | code | dit                                                                         |
        | log repair --truncate-at <place> --accept-loss DIR | 0    | cut off: 0 bytes … lost: <perdus> events … kept aside: none … left: <reste> |
        | log verify DIR                                     | 0    | <connu> … verdict: whole                                                    |
      Alors ces commandes se terminent comme il y est dit
      Et le fichier events.raftlog doit contenir exactement <événements> événements
      Et le journal est intact

      Exemples:
        | dommage                                        | place          | perdus | reste     | connu                  | événements |
        | une coupe nette après la ligne 20              | end-of-line-20 | 10     | 20 events | durable up to event 19 | 20         |
        | un bit inversé dans son manifeste              | end-of-line-30 | 0      | 30 events | durable up to event 29 | 30         |
        | la perte du journal, mais pas de son manifeste | 0              | 30     | no events | manifest:              | 0          |

  @AR-25 @target.process
  Règle: Un journal dans lequel un serveur écrit peut être examiné et restauré ailleurs, et n'est pas coupé

    @cost.seconds
    Scénario: des commandes à côté d'un serveur, et celles qui n'ont pas de sens
      Étant donné que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "10"
      Et qu'il y a 10 articles
      Quand je crée 20 articles rapidement
      Alors il y a des instantanés aux événements "9 19 29" et à aucun autre
      Quand l'exploitant lance ces commandes
        | commande                                     | code | dit                                                                                           |
        | log verify DIR                               | 0    | whole: 30 events … snapshots: event 29, event 19, event 9 … verdict: whole                    |
        | log dump --from 3 --to 3 DIR                 | 0    | {"seq":3,                                                                                     |
        | log dump --from 3 --to 2 DIR                 | 64   | comes before                                                                                  |
        | log repair --truncate-at 0 --accept-loss DIR | 4    | is owned by process                                                                           |
        | log restore --snapshot 19 DIR NEW            | 0    | restored: 20 events, the last is event 19                                                     |
        | log verify NEW                               | 0    | whole: 20 events … durable up to event 19 … snapshots: event 19 … verdict: whole              |
        | log restore --snapshot 9 DIR NEW             | 1    | name an empty folder                                                                          |
        | log restore --snapshot 7 DIR OTHER           | 1    | The snapshot at event 7 cannot be used: it is missing. There are: event 29, event 19, event 9 |
        | log verify OTHER                             | 4    | There is no events.raftlog in                                                                 |
      Alors ces commandes se terminent comme il y est dit
      Et 30 articles sont là
      Et rien d'autre n'a changé
