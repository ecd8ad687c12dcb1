Feature: When nothing can be kept
  The server itself must report to its operator, and to the load balancer in front of it, that writes are refused and
  why. Reads go on meanwhile, and return only what is on the disk.

  @AR-23 @target.process
  Rule: While writes are refused the server is alive but not ready, and its metrics count the failures

    Scenario Outline: the disk <fails>
      Given the disk is well
      And there are 3 articles
      And the disk <fails>
      When Ada asks, one after the other
        | asks                | answered | with                                                             |
        | whether it is ready | 200      | status ready                                                     |
        | to create A         | <status> | says <words>                                                     |
        | whether it is ready | 503      | status <trouble>                                                 |
        | whether it lives    | 200      | status ok                                                        |
        | to delete 0         | <status> | says <words>                                                     |
        | to change 1 to B    | <status> | says <words>                                                     |
        | article 0           | 200      | id 0, version 1                                                  |
        | article 1           | 200      | id 1, version 1                                                  |
        | what the log holds  | 200      | events 3, last_seq 2, by_type.ArticleCreated 3, durability fsync |
        | its figures         | 200      | <status> 3, <others> 0, 404 0                                    |
      Then Ada is answered as it says there
      When the disk is well again
      And Grace asks, one after the other
        | asks                | answered | with           |
        | whether it is ready | <ready>  | status <state> |
        | to create B         | <then>   | <made>         |
      Then Grace is answered as it says there

      Examples:
        | fails                 | status | others | words   | trouble          | ready | state            | then | made        |
        | gets full             | 507    | 500    | no room | event log full   | 200   | ready            | 201  | id 3        |
        | allows no larger file | 507    | 500    | no room | event log full   | 200   | ready            | 201  | id 3        |
        | fails to write        | 503    | 500    | failed  | event log failed | 503   | event log failed | 503  | says failed |

      @cost.seconds
      Examples: more
        | fails           | status | others | words   | trouble          | ready | state            | then | made        |
        | reaches a quota | 507    | 500    | no room | event log full   | 200   | ready            | 201  | id 3        |
        | fails to sync   | 503    | 500    | failed  | event log failed | 503   | event log failed | 503  | says failed |

    Scenario: a sync that no answer waits for fails
      Given the switch EVENT_LOG_DURABILITY is set to "flush"
      And the switch EVENT_LOG_SNAPSHOT_EVERY is set to "4"
      And the disk is well
      And there are 3 articles
      And the disk fails to sync
      When Ada asks, one after the other
        | asks                                 | answered | with                    |
        | to create A                          | 201      | id 3                    |
        | whether it is ready, until it is not | 503      | status event log failed |
        | whether it lives                     | 200      | status ok               |
        | article 3                            | 200      | id 3, title A           |
        | to create B                          | 503      | says failed             |
        | the articles                         | 200      | ids 0 1 2 3, total 4    |
      Then Ada is answered as it says there
      And 4 articles are there

    @cost.seconds
    Scenario: a disk that gets full, and has room again
      Given the disk is well
      And there are 3 articles
      And the disk gets full
      When Ada asks, one after the other
        | asks        | answered | with         |
        | to create A | 507      | says no room |
      Then the server's log soon tells of "trouble event log full"
      When the disk has room again
      Then the server's log soon tells of "trouble event log full, trouble_over"

  @AR-18 @target.process
  Rule: Readers see a change or a delete when it is durable, and not before

    Scenario: while a change is being synced, and after it
      Given the disk is well
      And there are 3 articles
      And the disk takes 1 second to sync
      And Ada has a change of the first article under way
      When Grace asks, one after the other
        | asks               | answered | with                       |
        | article 0          | 200      | version 1, title Article 0 |
        | the articles       | 200      | ids 0 1 2, total 3         |
        | what the log holds | 200      | events 3, last_seq 2       |
      Then Grace is answered as it says there
      And the request of Ada is answered with 200
      When Linus asks, one after the other
        | asks               | answered | with                               |
        | article 0          | 200      | version 2, title B                 |
        | what the log holds | 200      | events 4, by_type.ArticleUpdated 1 |
      Then Linus is answered as it says there
      And nothing else was changed

    Scenario: while an end is being synced, and after it
      Given the disk is well
      And there are 3 articles
      And the disk takes 1 second to sync
      And Ada has the end of the first article under way
      When Grace asks, one after the other
        | asks         | answered | with                       |
        | article 0    | 200      | version 1, title Article 0 |
        | the articles | 200      | ids 0 1 2, total 3         |
      Then Grace is answered as it says there
      And the request of Ada is answered with 204
      When Linus asks, one after the other
        | asks         | answered | with                       |
        | article 0    | 404      | says no article of this id |
        | the articles | 200      | ids 1 2, total 2           |
      Then Linus is answered as it says there
      And nothing else was changed

  @AR-18 @target.process @workers.2
  Rule: A server of several processes keeps no articles, and tells clients and operator so

    @cost.seconds
    Scenario: two processes
      Given a server with 2 worker processes
      When Ada asks, one after the other
        | asks         | answered | with                                |
        | the articles | 503      | says start one with a single worker |
        | to create A  | 503      | says start one with a single worker |
      Then Ada is answered as it says there
      When the first server is told to stop
      Then it says "articles need a single worker: here they answer 503"
