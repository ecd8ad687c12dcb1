# language: fr
Fonctionnalité: Plusieurs veulent modifier le même article
  Des auteurs qui travaillent sur un même article ne doivent pas s'écraser sans le savoir : chacun nomme la version
  qu'il a lue, et une écriture fondée sur une version plus ancienne est refusée. Les versions sont 1, 2, 3.

  @AR-21
  Règle: Les versions comptent à partir de 1, et une modification ou une suppression d'une autre version que l'actuelle est refusée

    Scénario: un article est modifié deux fois puis supprimé, chaque fois dans sa version
      Étant donné que la persistance est activée par défaut
      Quand Ada demande, l'un après l'autre
        | demande                          | réponse | avec                                                                                                 |
        | créer A                          | 201     | id 0, version 1, etag "1", checksum 65546638b73ce7fb882c533a61956308a139a6e20dd17666f0b6a0f14c187664 |
        | changer 0 en B, à la version 1   | 200     | id 0, version 2, etag "2", checksum 2e71d7e2dd481fc038dc21d1b3f766b9be3d5992d267ca225dac9ca99a966b87 |
        | changer 0 en C, à la version "2" | 200     | version 3, title C, content A content.                                                               |
        | l'article 0                      | 200     | version 3, title C, etag "3"                                                                         |
        | changer 0 en D                   | 200     | version 4, title D                                                                                   |
        | changer 0 en E, à la version *   | 200     | version 5                                                                                            |
        | supprimer 0, à la version "5"    | 204     |                                                                                                      |
        | l'article 0                      | 404     | dit no article of this id                                                                            |
      Alors Ada reçoit ce qui y est dit
      Et le journal a des événements de ces types
        | type           | événements |
        | ArticleCreated | 1          |
        | ArticleUpdated | 4          |
        | ArticleDeleted | 1          |
      Et rien d'autre n'a changé

    Scénario: ce qui nomme une autre version est refusé et ne change rien
      Étant donné que la persistance est activée par défaut
      Quand Ada demande, l'un après l'autre
        | demande                                          | réponse | avec                         |
        | créer A                                          | 201     | id 0, version 1              |
        | changer 0 en B                                   | 200     | version 2                    |
        | changer 0 en C, à la version 1                   | 412     | dit another version by now   |
        | changer 0 en C, à la version 3                   | 412     | dit another version by now   |
        | changer 0 en C, à la version 0                   | 412     | dit another version by now   |
        | supprimer 0, à la version 1                      | 412     | dit another version by now   |
        | supprimer 0, à la version "3"                    | 412     | dit another version by now   |
        | changer 0 en C, à la version -2                  | 422     | dit If-Match                 |
        | changer 0 en C, à la version 1, 3                | 412     | dit another version by now   |
        | changer 0 en C, à la version W/"2"               | 412     | dit another version by now   |
        | supprimer 0, à la version newest                 | 422     | dit If-Match                 |
        | changer 0 en C, à la version 3 et à la version 1 | 412     | dit another version by now   |
        | changer 0 en C, à la version * et à la version 2 | 422     | dit If-Match                 |
        | supprimer 0, à la version 3 et à la version 1    | 412     | dit another version by now   |
        | supprimer 1, à la version 1                      | 404     | dit no article of this id    |
        | l'article 0                                      | 200     | version 2, title B, etag "2" |
        | ce que contient le journal                       | 200     | events 2, last_seq 1         |
      Alors Ada reçoit ce qui y est dit
      Et le journal a des événements de ces types
        | type           | événements |
        | ArticleCreated | 1          |
        | ArticleUpdated | 1          |
      Et rien d'autre n'a changé

  @AR-22 @target.process
  Règle: Quand plusieurs modifient ou suppriment un même article à la fois, un seul réussit, et le serveur continue de tourner

    Plan du scénario: huit à la fois veulent <quoi>
      Étant donné que le disque met 300 ms à synchroniser
      Et qu'il y a 3 articles
      Quand Ada demande <quoi> 8 fois en même temps
      Alors 1 de ces demandes reçoit <accord>
      Et 7 de ces demandes reçoivent <refus>
      Et <restants> articles sont là
      Et le serveur va bien
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                                | accord | refus | restants |
        | une modification de la version 1 du premier article | 200    | 412   | 4        |
        | la suppression du premier article                   | 204    | 404   | 3        |

    Scénario: ce qui ne repose que sur une modification non gardée est refusé pour cette raison
      Étant donné que le disque va bien
      Et qu'il y a 3 articles
      Et que le disque est lent, et plein après une écriture de plus
      Quand Ada demande la suppression du premier article 8 fois en même temps
      Alors 8 de ces demandes reçoivent 507
      Et 4 articles sont là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-24
  Règle: Les articles se lisent page par page, et chaque page dit où commence la suivante

    Scénario: première, dernière et pages vides, avant et après une suppression
      Étant donné qu'il y a 4 articles
      Quand Ada demande, l'un après l'autre
        | demande                           | réponse | avec                                  |
        | les articles                      | 200     | ids 0 1 2 3, total 4, next_after none |
        | les articles, limit 3             | 200     | ids 0 1 2, total 4, next_after 2      |
        | les articles, limit 1, after 2    | 200     | ids 3, total 4, next_after none       |
        | les articles, limit 4, after -1   | 200     | ids 0 1 2 3, total 4, next_after none |
        | les articles, limit 1000, after 3 | 200     | ids , total 4, next_after none        |
        | les articles, after 999999        | 200     | ids , total 4, next_after none        |
        | supprimer 2                       | 204     |                                       |
        | les articles, limit 1, after 1    | 200     | ids 3, total 3, next_after none       |
        | les articles, limit 1, after 2    | 200     | ids 3, total 3, next_after none       |
        | supprimer 3                       | 204     |                                       |
        | les articles, limit 2             | 200     | ids 0 1, total 2, next_after none     |
        | créer A                           | 201     | id 4, version 1                       |
        | les articles, limit 2, after 0    | 200     | ids 1 4, total 3, next_after none     |
      Alors Ada reçoit ce qui y est dit
      Et 3 articles sont là
      Et rien d'autre n'a changé

    Scénario: un article de plus que n'en contient la plus grande page
      Étant donné qu'il y a 1001 articles
      Quand Ada demande, l'un après l'autre
        | demande                             | réponse | avec                                       |
        | les articles, limit 1000            | 200     | ids 0..999, total 1001, next_after 999     |
        | les articles, limit 1000, after 0   | 200     | ids 1..1000, total 1001, next_after none   |
        | les articles, limit 1000, after 999 | 200     | ids 1000, total 1001, next_after none      |
        | les articles, limit 999, after 0    | 200     | ids 1..999, total 1001, next_after 999     |
        | les articles, limit 1001            | 422     | dit must be from 1 to 1000                 |
        | les articles                        | 200     | ids 0..99, total 1001, next_after 99       |
        | les articles, after 900             | 200     | ids 901..1000, total 1001, next_after none |
      Alors Ada reçoit ce qui y est dit
      Et rien d'autre n'a changé

    Scénario: des pages impossibles
      Étant donné qu'il y a 4 articles
      Quand Ada demande, l'un après l'autre
        | demande                              | réponse | avec                           |
        | les articles, limit 0                | 422     | dit must be from 1 to 1000     |
        | les articles, limit -1               | 422     | dit must be from 1 to 1000     |
        | les articles, limit 1001             | 422     | dit must be from 1 to 1000     |
        | les articles, limit 7777777777777777 | 422     | dit whole number               |
        | les articles, limit many             | 422     | dit whole number               |
        | les articles, limit 1.5              | 422     | dit whole number               |
        | les articles, after -2               | 422     | dit must be at least -1        |
        | les articles, after last             | 422     | dit whole number               |
        | les articles, after 999999999999999  | 200     | total 4, next_after none       |
        | les articles, after 9999999999999999 | 422     | dit whole number               |
        | les articles, limit 2, limit 3       | 422     | dit must be given once         |
        | les articles, after 0, after 1       | 422     | dit must be given once         |
        | l'article -1                         | 404     | dit no article of this id      |
        | l'article 4                          | 404     | dit no article of this id      |
        | l'article first                      | 404     | dit no article of this id      |
        | les articles, limit 2                | 200     | ids 0 1, total 4, next_after 1 |
      Alors Ada reçoit ce qui y est dit
      Et rien d'autre n'a changé
