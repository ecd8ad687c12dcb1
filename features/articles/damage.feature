Feature: When the log is damaged
  Disks rot, tools truncate, machines lose power in the middle of a line. The server must distinguish an
  incomplete last record, which a crash leaves, from damage to stored records, and never confuse the two.

  @AR-11 @cost.minute
  Rule: Each flipped bit and each cut is diagnosed correctly, wherever it is

    Scenario: every bit of a log of thirty articles
      Given there are 30 articles
      When the log is damaged by every flip of a bit, one at a time
      Then the damage is reported as it is
      And 30 articles are there
      And nothing else was changed

    Scenario: every length of a log of thirty articles
      Given there are 30 articles
      When the log is damaged by every cut, one at a time
      Then the damage is reported as it is
      And 30 articles are there
      And nothing else was changed

  @AR-11
  Rule: A line that is missing, repeated, moved or written in another way is found, even with a right checksum

    Scenario: every line of a log of ten articles
      Given there are 10 articles
      When the log is damaged by every line missing, repeated, moved or rewritten, one at a time
      Then the damage is reported as it is
      And 10 articles are there
      And nothing else was changed

  @AR-11 @target.process
  Rule: A start cuts off a torn end and reports it; it refuses any other damage, and changes nothing

    Scenario: the end is torn, as a crash leaves it
      Given there are 30 articles
      When the log is damaged by a cut in its last line
      And the first server is started again
      Then the damage is reported as it is
      And the file events.raftlog must hold exactly 29 events
      And the log is whole
      And 29 articles are there

    @cost.seconds
    Scenario: a bit is flipped, and good lines follow
      Given there are 30 articles
      When the log is damaged by a flipped bit in line 12
      And a server is started
      Then it ends with exit code 1
      And it says "line 12, byte"
      And the damage is reported as it is

    @cost.seconds
    Scenario: a line says something else, and has the checksum for it
      Given there are 30 articles
      When the log is damaged by another title in line 12, with a right checksum
      And a server is started
      Then it ends with exit code 1
      And it says "line 13, byte"
      And the damage is reported as it is

    @cost.seconds
    Scenario Outline: the last line says what this version never writes: <what>
      Given there are 30 articles
      When the log is damaged by <what> in its last line, with a right checksum
      And a server is started
      Then it ends with exit code 1
      And it says "<said>"
      And the damage is reported as it is

      Examples:
        | what                             | said                                                        |
        | an article x                     | is about 'x', which is no article's id                      |
        | an article 029                   | is about '029', which is no article's id                    |
        | an article 30                    | creates article 30, not 29                                  |
        | an article without a title       | is no ArticleCreated as this version has it                 |
        | an article whose owner is a word | is no ArticleCreated as this version has it                 |
        | an article archived              | has a type that this version does not know: ArticleArchived |

    @cost.seconds
    Scenario: the end of a batch is torn
      Given there are 10 articles
      When I create 30 articles in batches of 10
      And the log is damaged by a cut in its last line
      And the first server is started again
      Then the damage is reported as it is
      And 30 articles are there
      And the log is whole

    @cost.seconds
    Scenario Outline: the log ends too early, and only a snapshot knows it: <what>
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "10"
      And there are 10 articles
      When I create 20 articles quickly
      Then snapshots are there at the events "9 19 29" and at no others
      When the log is damaged by <what>
      And a server is started
      Then it ends with exit code 1
      And it says "the log was durable up to event 29"
      And the damage is reported as it is

      Examples:
        | what                                               |
        | the loss of its last 10 events and of its manifest |

      @cost.minute
      Examples: the same, when the manifest is not missing
        | what                                                        |
        | the loss of its last 10 events, with a manifest from before |

    @cost.seconds
    Scenario: the log ends cleanly, and too early
      Given there are 30 articles
      When the log is damaged by a clean cut after line 20
      And a server is started
      Then it ends with exit code 1
      And it says "the log was durable up to event 29"
      And the damage is reported as it is
