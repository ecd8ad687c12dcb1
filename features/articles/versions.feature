Feature: Several want to change the same article
  Authors who edit one article must not overwrite each other without knowing it: each names the version that they
  have read, and a write based on an older version is refused. Versions are 1, 2, 3.

  @AR-21
  Rule: Versions count up from 1, and a change or delete of another version than the current one is refused

    Scenario: an article is changed twice, and ended, each time of its version
      Given persistence is on by default
      When Ada asks, one after the other
        | asks                             | answered | with                                                                                                 |
        | to create A                      | 201      | id 0, version 1, etag "1", checksum 65546638b73ce7fb882c533a61956308a139a6e20dd17666f0b6a0f14c187664 |
        | to change 0 to B, of version 1   | 200      | id 0, version 2, etag "2", checksum 2e71d7e2dd481fc038dc21d1b3f766b9be3d5992d267ca225dac9ca99a966b87 |
        | to change 0 to C, of version "2" | 200      | version 3, title C, content A content.                                                               |
        | article 0                        | 200      | version 3, title C, etag "3"                                                                         |
        | to change 0 to D                 | 200      | version 4, title D                                                                                   |
        | to change 0 to E, of version *   | 200      | version 5                                                                                            |
        | to delete 0, of version "5"      | 204      |                                                                                                      |
        | article 0                        | 404      | says no article of this id                                                                           |
      Then Ada is answered as it says there
      And the log has events of these types
        | type           | events |
        | ArticleCreated | 1      |
        | ArticleUpdated | 4      |
        | ArticleDeleted | 1      |
      And nothing else was changed

    Scenario: what names another version is refused and changes nothing
      Given persistence is on by default
      When Ada asks, one after the other
        | asks                                            | answered | with                         |
        | to create A                                     | 201      | id 0, version 1              |
        | to change 0 to B                                | 200      | version 2                    |
        | to change 0 to C, of version 1                  | 412      | says another version by now  |
        | to change 0 to C, of version 3                  | 412      | says another version by now  |
        | to change 0 to C, of version 0                  | 412      | says another version by now  |
        | to delete 0, of version 1                       | 412      | says another version by now  |
        | to delete 0, of version "3"                     | 412      | says another version by now  |
        | to change 0 to C, of version -2                 | 422      | says If-Match                |
        | to change 0 to C, of version 1, 3               | 412      | says another version by now  |
        | to change 0 to C, of version W/"2"              | 412      | says another version by now  |
        | to delete 0, of version newest                  | 422      | says If-Match                |
        | to change 0 to C, of version 3 and of version 1 | 412      | says another version by now  |
        | to change 0 to C, of version * and of version 2 | 422      | says If-Match                |
        | to delete 0, of version 3 and of version 1      | 412      | says another version by now  |
        | to delete 1, of version 1                       | 404      | says no article of this id   |
        | article 0                                       | 200      | version 2, title B, etag "2" |
        | what the log holds                              | 200      | events 2, last_seq 1         |
      Then Ada is answered as it says there
      And the log has events of these types
        | type           | events |
        | ArticleCreated | 1      |
        | ArticleUpdated | 1      |
      And nothing else was changed

  @AR-22 @target.process
  Rule: When several change or delete one article at the same time, one succeeds, and the server keeps running

    Scenario Outline: eight at once want <what>
      Given the disk takes 300 ms to sync
      And there are 3 articles
      When Ada asks for <what> 8 times at once
      Then 1 of these requests is answered with <granted>
      And 7 of these requests are answered with <refused>
      And <left> articles are there
      And the server is well
      And nothing else was changed

      Examples:
        | what                                       | granted | refused | left |
        | a change of version 1 of the first article | 200     | 412     | 4    |
        | the end of the first article               | 204     | 404     | 3    |

    Scenario: what only rests on a change that was not kept is refused for that reason
      Given the disk is well
      And there are 3 articles
      And the disk is slow, and gets full after one more write
      When Ada asks for the end of the first article 8 times at once
      Then 8 of these requests are answered with 507
      And 4 articles are there
      And the log is whole
      And nothing else was changed

  @AR-24
  Rule: Articles are read page by page, and each page says where the next one begins

    Scenario: first, last and empty pages, before and after an end
      Given there are 4 articles
      When Ada asks, one after the other
        | asks                              | answered | with                                  |
        | the articles                      | 200      | ids 0 1 2 3, total 4, next_after none |
        | the articles, limit 3             | 200      | ids 0 1 2, total 4, next_after 2      |
        | the articles, limit 1, after 2    | 200      | ids 3, total 4, next_after none       |
        | the articles, limit 4, after -1   | 200      | ids 0 1 2 3, total 4, next_after none |
        | the articles, limit 1000, after 3 | 200      | ids , total 4, next_after none        |
        | the articles, after 999999        | 200      | ids , total 4, next_after none        |
        | to delete 2                       | 204      |                                       |
        | the articles, limit 1, after 1    | 200      | ids 3, total 3, next_after none       |
        | the articles, limit 1, after 2    | 200      | ids 3, total 3, next_after none       |
        | to delete 3                       | 204      |                                       |
        | the articles, limit 2             | 200      | ids 0 1, total 2, next_after none     |
        | to create A                       | 201      | id 4, version 1                       |
        | the articles, limit 2, after 0    | 200      | ids 1 4, total 3, next_after none     |
      Then Ada is answered as it says there
      And 3 articles are there
      And nothing else was changed

    Scenario: one article more than the largest page holds
      Given there are 1001 articles
      When Ada asks, one after the other
        | asks                                | answered | with                                       |
        | the articles, limit 1000            | 200      | ids 0..999, total 1001, next_after 999     |
        | the articles, limit 1000, after 0   | 200      | ids 1..1000, total 1001, next_after none   |
        | the articles, limit 1000, after 999 | 200      | ids 1000, total 1001, next_after none      |
        | the articles, limit 999, after 0    | 200      | ids 1..999, total 1001, next_after 999     |
        | the articles, limit 1001            | 422      | says must be from 1 to 1000                |
        | the articles                        | 200      | ids 0..99, total 1001, next_after 99       |
        | the articles, after 900             | 200      | ids 901..1000, total 1001, next_after none |
      Then Ada is answered as it says there
      And nothing else was changed

    Scenario: pages that nobody can have
      Given there are 4 articles
      When Ada asks, one after the other
        | asks                                 | answered | with                           |
        | the articles, limit 0                | 422      | says must be from 1 to 1000    |
        | the articles, limit -1               | 422      | says must be from 1 to 1000    |
        | the articles, limit 1001             | 422      | says must be from 1 to 1000    |
        | the articles, limit 7777777777777777 | 422      | says whole number              |
        | the articles, limit many             | 422      | says whole number              |
        | the articles, limit 1.5              | 422      | says whole number              |
        | the articles, after -2               | 422      | says must be at least -1       |
        | the articles, after last             | 422      | says whole number              |
        | the articles, after 999999999999999  | 200      | total 4, next_after none       |
        | the articles, after 9999999999999999 | 422      | says whole number              |
        | the articles, limit 2, limit 3       | 422      | says must be given once        |
        | the articles, after 0, after 1       | 422      | says must be given once        |
        | article -1                           | 404      | says no article of this id     |
        | article 4                            | 404      | says no article of this id     |
        | article first                        | 404      | says no article of this id     |
        | the articles, limit 2                | 200      | ids 0 1, total 4, next_after 1 |
      Then Ada is answered as it says there
      And nothing else was changed
