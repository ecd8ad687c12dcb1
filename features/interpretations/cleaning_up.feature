Feature: Removing the backup of the migration
  The backup is the last proof of what the first version wrote. It goes when the operator says so, after an audit that
  found nothing, and never by a start, an upgrade or another command.

  @LI-14 @both-databases @target.process
  Rule: Only db cleanup-backup removes the backup, after an audit that passes, and there is no way back

    Scenario: after an audit that passes
      Given a server whose database was migrated
      When the operator runs "db cleanup-backup"
      Then it ends with exit code 0
      And it says "verdict: passed"
      And it says "the backup is removed"
      And the first version's texts are where they were and in the templates, without a backup
      And nothing else was changed

    Scenario Outline: a database that <state>
      Given a server whose database <state>
      When the operator runs "db cleanup-backup"
      Then it ends with exit code <code>
      And it says "The audit did not pass, so the backup stays."
      And nothing else was changed

      Examples:
        | state                                       | code |
        | was migrated, and lost a text               | 1    |
        | was migrated, and lost a text of its backup | 1    |
        | was migrated, and has no backup             | 5    |

    Scenario: a second time
      Given a server whose database was migrated
      And the operator runs "db cleanup-backup"
      When the operator runs "db cleanup-backup"
      Then it ends with exit code 0
      And it says "nothing to remove"
      And nothing else was changed

    Scenario Outline: <command>
      Given a server whose database was migrated
      When the operator runs "<command>"
      Then it ends with exit code <code>
      And it says "<words>"
      And nothing else was changed

      Examples:
        | command     | code | words                               |
        | db upgrade  | 0    | already at                          |
        | db contract | 64   | `reference-app db cleanup-backup`   |
        | db current  | 0    | none (0001_drop_lunar_backup may be |

    Scenario: taking the removal back
      Given a server whose database was migrated
      And the operator runs "db cleanup-backup"
      When the operator runs "db downgrade base --contract"
      Then it ends with exit code 64
      And it says "cannot be brought back; nothing was changed"
      And nothing else was changed

    Scenario: a server that starts afterwards
      Given a server whose database was migrated
      And the operator runs "db cleanup-backup"
      And Ada has lunar returns
      When the operator runs "db current"
      Then it ends with exit code 0
      And it says "contract: 0001_drop_lunar_backup"
      And the server is well
      And nothing else was changed

    Scenario: down and up again afterwards
      Given a server whose database was migrated
      And the operator runs "db cleanup-backup"
      And the operator runs "db downgrade 0008_lunar_v1"
      When the operator runs "db upgrade"
      Then it ends with exit code 0
      And the first version's texts are where they were, in the backup and in the templates
      And nothing else was changed
