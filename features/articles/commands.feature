Feature: When an operator works on the log
  Operators look at a log before they decide what to do: what is wrong with it, where, and what a cut would cost. Their
  scripts go by the exit codes.

  @AR-25 @target.process
  Rule: Each damage is named with its place and its code; who looks, or does not accept a loss, changes nothing

    Scenario Outline: looking at a log after <damage>
      Given there are 30 articles
      When the log is damaged by <damage>
      And the operator runs these commands
        | command                              | code     | says      |
        | log verify DIR                       | <verify> | <verdict> |
        | log dump --from 10 DIR               | <dump>   | <events>  |
        | log repair --truncate-at <place> DIR | 1        | <refusal> |
      Then these commands end as it says there
      And the damage is reported as it is

      Examples:
        | damage                    | verify | verdict                                                                             | dump | events                        | place          | refusal                                    |
        | a cut in its last line    | 5      | whole: 29 events … it knows of no durable event … verdict: torn end … line 30, byte | 0    | {"seq":10, … {"seq":28,       | end-of-line-26 | 3 events that had been kept would be lost  |
        | a flipped bit in line 12  | 1      | verdict: corrupt … line 12, byte … repair --truncate-at                             | 1    | {"seq":10, … corrupt, line 12 | end-of-line-12 | the log would not be whole, line 12        |
        | a clean cut after line 20 | 1      | verdict: corrupt … the log was durable up to event 29                               | 0    | {"seq":10, … {"seq":19,       | end-of-line-20 | 10 events that had been kept would be lost |

      @cost.minute
      Examples: what else may be damaged
        | damage                                          | verify | verdict                                                                   | dump | events                                     | place          | refusal                                     |
        | another title in line 12, with a right checksum | 1      | verdict: corrupt … line 13, byte                                          | 1    | {"seq":10, … {"seq":11, … corrupt, line 13 | end-of-line-11 | 19 events that had been kept would be lost  |
        | the loss of its manifest                        | 0      | manifest: none … verdict: whole                                           | 0    | {"seq":10, … {"seq":29,                    | end-of-line-27 | 3 events that had been kept would be lost   |
        | a manifest from 20 events before                | 0      | durable up to event 9 at least … verdict: whole                           | 0    | {"seq":10, … {"seq":29,                    | end-of-line-27 | 3 events that had been kept would be lost   |
        | a manifest that knows of 1000 events            | 1      | verdict: corrupt … the log was durable up to event 999                    | 0    | {"seq":10, … {"seq":29,                    | end-of-line-30 | 970 events that had been kept would be lost |
        | a manifest of another format                    | 1      | verdict: corrupt … format 2 … use the version                             | 0    | {"seq":10, … {"seq":29,                    | end-of-line-30 | this version knows format 1                 |
        | a flipped bit in its manifest                   | 1      | verdict: corrupt … manifest.json, cannot be read … put manifest.json back | 0    | {"seq":10, … {"seq":29,                    | end-of-line-27 | 3 events that had been kept would be lost   |
        | the loss of the log, but not of its manifest    | 1      | all events are missing … --accept-loss                                    | 1    | all events are missing                     | 0              | 30 events that had been kept would be lost  |

  @AR-25 @target.process
  Rule: A repair leaves a whole log, says what is lost, and keeps what it cuts off

    Scenario: the torn end is cut off, and nothing is lost
      Given there are 30 articles
      When the log is damaged by a cut in its last line
      And the operator runs these commands
        | command                                     | code | says                                                                                       |
        | log repair --truncate-at end-of-line-29 DIR | 0    | lost: 0 events … kept aside: events.raftlog.broken-… left: 29 events, the last is event 28 |
        | log verify DIR                              | 0    | durable up to event 28 … kept aside: events.raftlog.broken- … verdict: whole               |
      Then these commands end as it says there
      And the damage is reported as it is
      And the log is whole
      And the file events.raftlog must hold exactly 29 events

    @cost.seconds
    Scenario: a loss is accepted, of events and of a snapshot that knows them
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "10"
      And there are 10 articles
      When I create 20 articles quickly
      Then snapshots are there at the events "9 19 29" and at no others
      When the log is damaged by a flipped bit in line 12
      And the operator runs these commands
        | command                                                   | code | says                                                                                                                    |
        | log repair --truncate-at end-of-line-11 DIR               | 1    | 19 events that had been kept would be lost. Nothing was changed                                                         |
        | log repair --truncate-at end-of-line-11 --accept-loss DIR | 0    | lost: 19 events … broken-… , snapshot-000000000029.json.broken-0, snapshot-000000000019.json.broken-0 … left: 11 events |
        | log verify DIR                                            | 0    | durable up to event 10 … snapshots: event 9 … verdict: whole                                                            |
        | log dump DIR/articles                                     | 0    | {"seq":0, … {"seq":10,                                                                                                  |
      Then these commands end as it says there
      And the damage is reported as it is
      And snapshots are there at the events "9" and at no others
      And the file events.raftlog must hold exactly 11 events

    @cost.seconds
    Scenario: a repair after a sync that failed, and then the power is cut
      Given the disk is well
      And there are 30 articles
      And the disk fails to sync
      And Ada sends an article
      When the disk is well again
      And the log is damaged by the loss of its manifest
      And the operator runs these commands
        | command                                     | code | says                               |
        | log repair --truncate-at end-of-line-31 DIR | 0    | cut off: 0 bytes … left: 31 events |
      And the first server is started again
      Then these commands end as it says there
      When the first server is killed
      Then the log is whole
      And the file events.raftlog must hold exactly 31 events

    @cost.minute
    Scenario Outline: a repair after <damage>
      Given there are 30 articles
      When the log is damaged by <damage>
      And the operator runs these commands
        | command                                            | code | says                                                                     |
        | log repair --truncate-at <place> --accept-loss DIR | 0    | cut off: 0 bytes … lost: <lost> events … kept aside: none … left: <left> |
        | log verify DIR                                     | 0    | <known> … verdict: whole                                                 |
      Then these commands end as it says there
      And the file events.raftlog must hold exactly <events> events
      And the log is whole

      Examples:
        | damage                                       | place          | lost | left      | known                  | events |
        | a clean cut after line 20                    | end-of-line-20 | 10   | 20 events | durable up to event 19 | 20     |
        | a flipped bit in its manifest                | end-of-line-30 | 0    | 30 events | durable up to event 29 | 30     |
        | the loss of the log, but not of its manifest | 0              | 30   | no events | manifest:              | 0      |

  @AR-25 @target.process
  Rule: A log that a server writes to may be looked at and restored elsewhere, and is not cut

    @cost.seconds
    Scenario: commands beside a server, and those that make no sense
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "10"
      And there are 10 articles
      When I create 20 articles quickly
      Then snapshots are there at the events "9 19 29" and at no others
      When the operator runs these commands
        | command                                      | code | says                                                                                          |
        | log verify DIR                               | 0    | whole: 30 events … snapshots: event 29, event 19, event 9 … verdict: whole                    |
        | log dump --from 3 --to 3 DIR                 | 0    | {"seq":3,                                                                                     |
        | log dump --from 3 --to 2 DIR                 | 64   | comes before                                                                                  |
        | log repair --truncate-at 0 --accept-loss DIR | 4    | is owned by process                                                                           |
        | log restore --snapshot 19 DIR NEW            | 0    | restored: 20 events, the last is event 19                                                     |
        | log verify NEW                               | 0    | whole: 20 events … durable up to event 19 … snapshots: event 19 … verdict: whole              |
        | log restore --snapshot 9 DIR NEW             | 1    | name an empty folder                                                                          |
        | log restore --snapshot 7 DIR OTHER           | 1    | The snapshot at event 7 cannot be used: it is missing. There are: event 29, event 19, event 9 |
        | log verify OTHER                             | 4    | There is no events.raftlog in                                                                 |
      Then these commands end as it says there
      And 30 articles are there
      And nothing else was changed
