Feature: When a server is lost, and its backup is there
  What a server keeps is in two places, the database and the event log. A backup of one of them alone is worth little,
  and one that nobody has ever restored is worth nothing.

  @SV-18 @target.process @both-databases
  Rule: A backup of a server that serves has both halves, gives back all of both, and no number twice

    Scenario: everything is lost but the backup
      Given there are 30 articles
      And Ada has a natal chart
      And Ada asks for the current return
      When the first server is started again on what its backup restores
      Then 30 articles are there
      And the server is well
      And nothing else was changed

    Scenario: somebody who came after the backup, and somebody who comes now
      Given Ada has a natal chart
      When the first server is started again on what its backup restores
      And somebody sends an account, and the end of what is sent
      Then somebody is answered with an account whose number nobody had

  @SV-18 @target.process
  Rule: A snapshot of the event log comes with a backup, so that a start need not read all of the log

    @cost.seconds
    Scenario: a log with a snapshot
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "20"
      When I create 30 articles quickly
      Then snapshots are there at the events "19" and at no others
      When the first server is started again on what its backup restores
      Then snapshots are there at the events "19" and at no others
      And 30 articles are there
      And nothing else was changed

  @SV-18 @target.process
  Rule: Nothing is restored over what is there, and nothing is backed up or restored that is not as it was written

    Scenario: a place that is taken, and folders that hold no backup
      Given there are 30 articles
      When the operator runs these commands
        | command        | code | says                                                             |
        | backup NEW     | 0    | database: database. … articles: 30 events … backup:              |
        | backup NEW     | 1    | There is something in                                            |
        | restore NEW    | 1    | A backup goes into an empty place … is not. Nothing was changed. |
        | restore OTHER  | 1    | There is no whole backup in … backup.json is missing             |
        | log verify NEW | 0    | whole: 30 events … verdict: whole                                |
      Then these commands end as it says there
      And the server is well
      And nothing else was changed

    @cost.seconds
    Scenario Outline: what a backup says of a log of <count> articles
      Given there are <count> articles
      When the operator runs these commands
        | command    | code | says               |
        | backup NEW | 0    | articles: <events> |
      Then these commands end as it says there
      And nothing else was changed

      Examples:
        | count | events                         |
        | 2     | 2 events, the last is event 1, |
        | 1     | 1 event, the last is event 0,  |

    Scenario: a log that is corrupt
      Given there are 30 articles
      When the log is damaged by a flipped bit in line 12
      And the operator runs these commands
        | command     | code | says                                                 |
        | backup NEW  | 1    | The event log is corrupt, line 12                    |
        | restore NEW | 1    | There is no whole backup in … backup.json is missing |
      Then these commands end as it says there
      And the damage is reported as it is

    @database.sqlite
    Scenario: a database that is corrupt
      Given a server whose database is corrupt
      When the operator runs these commands
        | command     | code | says                                                 |
        | backup NEW  | 4    | The copy of the database is not sound:               |
        | restore NEW | 1    | There is no whole backup in … backup.json is missing |
      Then these commands end as it says there
      And the server is well

    @database.sqlite
    Scenario: a folder into which SQLite cannot write
      Given there are 30 articles
      When the operator runs these commands
        | command      | code | says                                                 |
        | backup LONG  | 4    | The database could not be copied: unable to open     |
        | restore LONG | 1    | There is no whole backup in … backup.json is missing |
      Then these commands end as it says there
      And the server is well
      And nothing else was changed
