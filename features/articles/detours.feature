Feature: When a server starts on what a detour has left
  Snapshots, restored folders, repaired logs and missing side files all lead back to the same articles. After each of
  them the server must accept writes as before.

  @AR-9 @target.process
  Rule: A snapshot brings back changes, ends and numbers, and what is written after it is there at the next start

    @cost.seconds
    Scenario: started twice on a snapshot that ends the log, with a change and an end before it
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "5"
      When Ada asks, one after the other
        | asks             | answered | with      |
        | to create A      | 201      | id 0      |
        | to create B      | 201      | id 1      |
        | to create C      | 201      | id 2      |
        | to change 0 to D | 200      | version 2 |
        | to delete 2      | 204      |           |
      Then Ada is answered as it says there
      And snapshots are there at the events "4" and at no others
      When the first server is started again
      And Grace asks, one after the other
        | asks                           | answered | with                                                                                                |
        | article 0                      | 200      | version 2, title D, created_at now                                                                  |
        | article 2                      | 404      | says no article of this id                                                                          |
        | what the log holds             | 200      | events 5, by_type.ArticleCreated 3, by_type.ArticleUpdated 1, by_type.ArticleDeleted 1, snapshots 4 |
        | to create E                    | 201      | id 3, version 1                                                                                     |
        | to change 0 to F, of version 2 | 200      | version 3                                                                                           |
      And the first server is started again
      And Linus asks, one after the other
        | asks         | answered | with                             |
        | the articles | 200      | ids 0 1 3, titles F B E, total 3 |
        | to create G  | 201      | id 4                             |
      Then Grace is answered as it says there
      And Linus is answered as it says there
      And the log is whole

  @AR-15 @target.process
  Rule: Of more snapshots than are kept the oldest are dropped, and those that are left are good

    @cost.minute
    Scenario: seven snapshots, of which five are kept
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "10"
      And there are 10 articles
      When I create 60 articles quickly
      Then snapshots are there at the events "29 39 49 59 69" and at no others
      And at least 5 snapshots are there, and each restores what the log says at its event
      And of the log's files only the log and its lock are open
      And the log is whole
      And nothing else was changed

  @AR-15 @target.process
  Rule: A snapshot that was changed is passed over for the one before it, or for the whole log

    @cost.minute
    Scenario Outline: <what>
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "10"
      And there are 10 articles
      When I create 10 articles quickly
      Then snapshots are there at the events "9 19" and at no others
      When the log is damaged by <what>
      And the first server is started again
      Then the damage is reported as it is
      And 20 articles are there

      Examples:
        | what                                                   |
        | another title in its newest snapshot                   |
        | a flipped bit in the first line of its newest snapshot |
        | another title in all its snapshots                     |
        | another title in line 20, with a right checksum        |

  @AR-15 @target.process
  Rule: A snapshot may be of a single event

    @cost.seconds
    Scenario: one article, and a start on its snapshot
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "1"
      When Ada asks, one after the other
        | asks        | answered | with |
        | to create A | 201      | id 0 |
      Then snapshots are there at the events "0" and at no others
      When the first server is started again
      And Ada asks, one after the other
        | asks         | answered | with           |
        | the articles | 200      | ids 0, total 1 |
        | to create B  | 201      | id 1           |
      Then Ada is answered as it says there
      And the log is whole

  @AR-15 @target.process
  Rule: A restored folder is served and written to like any other

    @cost.minute
    Scenario: restored, served, written to and started again
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "10"
      When I create 10 articles quickly
      Then snapshots are there at the events "9" and at no others
      When the first server is started again on what its newest snapshot restores
      And Ada asks, one after the other
        | asks             | answered | with                              |
        | the articles     | 200      | ids 0 1 2 3 4 5 6 7 8 9, total 10 |
        | to create A      | 201      | id 10                             |
        | to change 9 to B | 200      | version 2                         |
      And the first server is started again
      Then Ada is answered as it says there
      And 11 articles are there
      And the log is whole

  @AR-11 @target.process
  Rule: A repaired log is served and written to like any other

    @cost.minute
    Scenario: repaired before a flipped bit, and written to
      Given there are 30 articles
      When the log is damaged by a flipped bit in line 12
      And the first server is started again on what a repair leaves
      And Ada asks, one after the other
        | asks               | answered | with                       |
        | article 10         | 200      | id 10, version 1           |
        | article 11         | 404      | says no article of this id |
        | to create A        | 201      | id 11, version 1           |
        | what the log holds | 200      | events 12, last_seq 11     |
      Then Ada is answered as it says there
      And 12 articles are there
      And the log is whole

  @AR-11 @target.process
  Rule: A start goes by what the manifest knows, and starts without it

    @cost.minute
    Scenario Outline: the manifest is another one: <what>
      Given there are 30 articles
      When the log is damaged by <what>
      And a server is started
      Then it ends with exit code 1
      And it says "<words>"
      And the damage is reported as it is

      Examples:
        | what                                 | words                               |
        | a manifest that knows of 1000 events | the log was durable up to event 999 |
        | a manifest of another format         | this version knows format 1         |

    Scenario Outline: the server starts on <what>
      Given there are 30 articles
      When the log is damaged by <what>
      And the first server is started again
      Then the damage is reported as it is
      And 30 articles are there
      And the log is whole

      Examples:
        | what                             |
        | the loss of its manifest         |
        | a manifest from 20 events before |

  @AR-27
  Rule: Articles have the owners that they had before the start

    @target.process
    Scenario: an article of Ada's, from the log
      Given the switch ARTICLES_REQUIRE_AUTH is set to "1"
      And Ada has an account
      And Grace has an account
      When Ada asks, one after the other
        | asks             | answered | with      |
        | to create A      | 201      | id 0      |
        | to change 0 to B | 200      | version 2 |
      Then Ada is answered as it says there
      When the first server is started again
      And Grace asks, one after the other
        | asks             | answered | with                |
        | to change 0 to C | 403      | says Only its owner |
        | to delete 0      | 403      | says Only its owner |
      And Ada asks, one after the other
        | asks             | answered | with      |
        | to change 0 to C | 200      | version 3 |
        | to delete 0      | 204      |           |
      Then Grace is answered as it says there
      And Ada is answered as it says there

    @target.process
    Scenario: an article of Ada's, from a snapshot
      Given the switch ARTICLES_REQUIRE_AUTH is set to "1"
      And the switch EVENT_LOG_SNAPSHOT_EVERY is set to "2"
      And Ada has an account
      And Grace has an account
      When Ada asks, one after the other
        | asks             | answered | with      |
        | to create A      | 201      | id 0      |
        | to change 0 to B | 200      | version 2 |
      Then snapshots are there at the events "1" and at no others
      When the first server is started again
      And Grace asks, one after the other
        | asks             | answered | with                |
        | to change 0 to C | 403      | says Only its owner |
        | to delete 0      | 403      | says Only its owner |
      And Ada asks, one after the other
        | asks             | answered | with      |
        | to change 0 to C | 200      | version 3 |
        | to delete 0      | 204      |           |
      Then Grace is answered as it says there
      And Ada is answered as it says there
