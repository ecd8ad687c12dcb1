# language: fr
Fonctionnalité: Quand rien ne peut être gardé
  Le serveur doit signaler lui-même à son exploitant, et au répartiteur de charge, que les écritures sont refusées et
  pourquoi. Les lectures continuent, et ne renvoient que ce qui est sur le disque.

  @AR-23 @target.process
  Règle: Tant que les écritures sont refusées, le serveur est vivant mais pas prêt, et ses métriques comptent les échecs

    Plan du scénario: le disque <panne>
      Étant donné que le disque va bien
      Et qu'il y a 3 articles
      Et que le disque <panne>
      Quand Ada demande, l'un après l'autre
        | demande                    | réponse  | avec                                                             |
        | s'il est prêt              | 200      | status ready                                                     |
        | créer A                    | <statut> | dit <mots>                                                       |
        | s'il est prêt              | 503      | status <raison>                                                  |
        | s'il vit                   | 200      | status ok                                                        |
        | supprimer 0                | <statut> | dit <mots>                                                       |
        | changer 1 en B             | <statut> | dit <mots>                                                       |
        | l'article 0                | 200      | id 0, version 1                                                  |
        | l'article 1                | 200      | id 1, version 1                                                  |
        | ce que contient le journal | 200      | events 3, last_seq 2, by_type.ArticleCreated 3, durability fsync |
        | ses chiffres               | 200      | <statut> 3, <autres> 0, 404 0                                    |
      Alors Ada reçoit ce qui y est dit
      Quand le disque va de nouveau bien
      Et Grace demande, l'un après l'autre
        | demande       | réponse      | avec          |
        | s'il est prêt | <disponible> | status <état> |
        | créer B       | <ensuite>    | <créés>       |
      Alors Grace reçoit ce qui y est dit

      Exemples:
        | panne                             | statut | autres | mots    | raison           | disponible | état             | ensuite | créés      |
        | n'a plus de place                 | 507    | 500    | no room | event log full   | 200        | ready            | 201     | id 3       |
        | n'admet pas de fichier plus grand | 507    | 500    | no room | event log full   | 200        | ready            | 201     | id 3       |
        | ne parvient plus à écrire         | 503    | 500    | failed  | event log failed | 503        | event log failed | 503     | dit failed |

      @cost.seconds
      Exemples: suite
        | panne                           | statut | autres | mots    | raison           | disponible | état             | ensuite | créés      |
        | atteint un quota                | 507    | 500    | no room | event log full   | 200        | ready            | 201     | id 3       |
        | ne parvient plus à synchroniser | 503    | 500    | failed  | event log failed | 503        | event log failed | 503     | dit failed |

    Scénario: une synchronisation qu'aucune réponse n'attend échoue
      Étant donné que l'option EVENT_LOG_DURABILITY vaut "flush"
      Et que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "4"
      Et que le disque va bien
      Et qu'il y a 3 articles
      Et que le disque ne parvient plus à synchroniser
      Quand Ada demande, l'un après l'autre
        | demande                                         | réponse | avec                    |
        | créer A                                         | 201     | id 3                    |
        | s'il est prêt, jusqu'à ce qu'il ne le soit plus | 503     | status event log failed |
        | s'il vit                                        | 200     | status ok               |
        | l'article 3                                     | 200     | id 3, title A           |
        | créer B                                         | 503     | dit failed              |
        | les articles                                    | 200     | ids 0 1 2 3, total 4    |
      Alors Ada reçoit ce qui y est dit
      Et 4 articles sont là

    @cost.seconds
    Scénario: un disque plein, qui a de nouveau de la place
      Étant donné que le disque va bien
      Et qu'il y a 3 articles
      Et que le disque n'a plus de place
      Quand Ada demande, l'un après l'autre
        | demande | réponse | avec        |
        | créer A | 507     | dit no room |
      Alors le journal du serveur signale bientôt "trouble event log full"
      Quand le disque a de nouveau de la place
      Alors le journal du serveur signale bientôt "trouble event log full, trouble_over"

  @AR-18 @target.process
  Règle: Les lecteurs voient une modification ou une suppression quand elle est durable, pas avant

    Scénario: pendant qu'une modification est synchronisée, et après
      Étant donné que le disque va bien
      Et qu'il y a 3 articles
      Et que le disque met 1 seconde à synchroniser
      Et qu'Ada a une modification du premier article en cours
      Quand Grace demande, l'un après l'autre
        | demande                    | réponse | avec                       |
        | l'article 0                | 200     | version 1, title Article 0 |
        | les articles               | 200     | ids 0 1 2, total 3         |
        | ce que contient le journal | 200     | events 3, last_seq 2       |
      Alors Grace reçoit ce qui y est dit
      Et la demande faite par Ada est acceptée par 200
      Quand Linus demande, l'un après l'autre
        | demande                    | réponse | avec                               |
        | l'article 0                | 200     | version 2, title B                 |
        | ce que contient le journal | 200     | events 4, by_type.ArticleUpdated 1 |
      Alors Linus reçoit ce qui y est dit
      Et rien d'autre n'a changé

    Scénario: pendant qu'une suppression est synchronisée, et après
      Étant donné que le disque va bien
      Et qu'il y a 3 articles
      Et que le disque met 1 seconde à synchroniser
      Et qu'Ada a une suppression du premier article en cours
      Quand Grace demande, l'un après l'autre
        | demande      | réponse | avec                       |
        | l'article 0  | 200     | version 1, title Article 0 |
        | les articles | 200     | ids 0 1 2, total 3         |
      Alors Grace reçoit ce qui y est dit
      Et la demande faite par Ada est acceptée par 204
      Quand Linus demande, l'un après l'autre
        | demande      | réponse | avec                      |
        | l'article 0  | 404     | dit no article of this id |
        | les articles | 200     | ids 1 2, total 2          |
      Alors Linus reçoit ce qui y est dit
      Et rien d'autre n'a changé

  @AR-18 @target.process @workers.2
  Règle: Un serveur à plusieurs processus ne garde aucun article, et le dit aux clients et à l'exploitant

    @cost.seconds
    Scénario: deux processus
      Étant donné un serveur à 2 processus
      Quand Ada demande, l'un après l'autre
        | demande      | réponse | avec                               |
        | les articles | 503     | dit start one with a single worker |
        | créer A      | 503     | dit start one with a single worker |
      Alors Ada reçoit ce qui y est dit
      Quand le premier serveur est prié de s'arrêter
      Alors elle dit "articles need a single worker: here they answer 503"
