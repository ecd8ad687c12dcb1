Feature: Who works on which task
  Several workers, people or programs, share a list of tasks. A worker takes a task before it begins, is heard of while it
  works, and gives the task back; a worker that dies must keep nobody from it for longer than it said.

  @LI-17 @both-databases
  Rule: Of any number that start one task at once exactly one holds it; the others learn who does, and until when

    Scenario Outline: <holders> at once, <times> <noun>
      Given today is "2026-03-01T12:00:00Z"
      When <holders> holders start one task at once, <times> <noun>
      Then the leases are
        | task | holder      | state | started  | heard of | expires  | completed |
        | moon | one of them | held  | 12:00:00 | 12:00:00 | 12:05:00 | -         |
      And nothing else was changed

      Examples:
        | holders | times | noun  |
        | 2       | 3     | times |

      @cost.seconds
      Examples: more
        | holders | times | noun  |
        | 50      | 1     | time  |

    Scenario Outline: a task that <who> holds
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start moon Ada"
      And the clock goes forward by 299 seconds
      When the operator runs "lease start moon <starter> --ttl 600"
      Then it ends with exit code 1
      And it says "moon is held by Ada until 2026-03-01T12:05:00Z"
      And the leases are
        | task | holder | state | started  | heard of | expires  | completed |
        | moon | Ada    | held  | 12:00:00 | 12:00:00 | 12:05:00 | -         |
      And nothing else was changed

      Examples:
        | who                | starter |
        | somebody else      | Grace   |
        | the starter itself | Ada     |

  @LI-17 @both-databases
  Rule: A lease whose holder was not heard of for its time can be taken over, from that instant on and not before

    Scenario Outline: another start after <seconds> seconds, of a lease of 60
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start moon Ada --ttl 60"
      And the clock goes forward by <seconds> seconds
      When the operator runs "lease start moon <starter> --ttl 20"
      Then it ends with exit code <code>
      And the leases are
        | task | holder   | state | started   | heard of  | expires   | completed |
        | moon | <holder> | held  | <started> | <started> | <expires> | -         |
      And nothing else was changed

      Examples:
        | seconds | starter | code | holder | started  | expires  |
        | 59      | Grace   | 1    | Ada    | 12:00:00 | 12:01:00 |
        | 60      | Grace   | 0    | Grace  | 12:01:00 | 12:01:20 |
        | 3600    | Ada     | 0    | Ada    | 13:00:00 | 13:00:20 |

    Scenario Outline: another start <seconds> seconds after the last heartbeat
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start moon Ada --ttl 60"
      And the clock goes forward by 59 seconds
      And the operator runs "lease heartbeat moon Ada"
      And the clock goes forward by <seconds> seconds
      When the operator runs "lease start moon Grace --ttl 20"
      Then the leases are
        | task | holder   | state | started   | heard of | expires   | completed |
        | moon | <holder> | held  | <started> | <heard>  | <expires> | -         |
      And nothing else was changed

      Examples:
        | seconds | holder | started  | heard    | expires  |
        | 59      | Ada    | 12:00:00 | 12:00:59 | 12:01:59 |
        | 60      | Grace  | 12:01:59 | 12:01:59 | 12:02:19 |

  @LI-17
  Rule: Who does not hold a lease, or holds it no more, can neither keep it nor complete it

    Scenario Outline: <command>, once it was taken over
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start moon Ada --ttl 60"
      And the clock goes forward by 60 seconds
      And the operator runs "lease start moon Grace --ttl 60"
      When the operator runs "lease <command> moon Ada"
      Then it ends with exit code 1
      And the leases are
        | task | holder | state | started  | heard of | expires  | completed |
        | moon | Grace  | held  | 12:01:00 | 12:01:00 | 12:02:00 | -         |
      And nothing else was changed

      Examples:
        | command   |
        | heartbeat |
        | complete  |

    Scenario Outline: <command> at the instant when it expires
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start moon Ada --ttl 60"
      And the clock goes forward by 60 seconds
      When the operator runs "lease <command> moon Ada"
      Then it ends with exit code 1
      And it says "The lease of Ada on moon has expired at 2026-03-01T12:01:00Z: start it again."
      And the leases are
        | task | holder | state   | started  | heard of | expires  | completed |
        | moon | Ada    | expired | 12:00:00 | 12:00:00 | 12:01:00 | -         |
      And nothing else was changed

      Examples:
        | command   |
        | heartbeat |
        | complete  |

    Scenario Outline: <command> of a task that <which>
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start moon Ada --ttl 60"
      And the operator runs "lease complete moon Ada"
      When the operator runs "lease <command> <task> Ada"
      Then it ends with exit code 1
      And it says "<words>"
      And the leases are
        | task | holder | state     | started  | heard of | expires  | completed |
        | moon | Ada    | completed | 12:00:00 | 12:00:00 | 12:01:00 | 12:00:00  |
      And nothing else was changed

      Examples:
        | command   | which              | task | words                                             |
        | heartbeat | was completed      | moon | moon was completed by Ada at 2026-03-01T12:00:00Z |
        | complete  | was completed      | moon | moon was completed by Ada at 2026-03-01T12:00:00Z |
        | heartbeat | nobody has started | sun  | Nobody has started sun                            |

      @cost.seconds
      Examples: more
        | command  | which              | task | words                  |
        | complete | nobody has started | sun  | Nobody has started sun |

  @LI-17
  Rule: A completed task may be started again, and the table shows each task as it is

    Scenario: a task that was completed
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start moon Ada"
      And the operator runs "lease complete moon Ada"
      When the operator runs "lease start moon Grace --ttl 60"
      Then it ends with exit code 0
      And the leases are
        | task | holder | state | started  | heard of | expires  | completed |
        | moon | Grace  | held  | 12:00:00 | 12:00:00 | 12:01:00 | -         |
      And nothing else was changed

    Scenario: one that was completed, one that expired, and one that is held
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start 'weekly advice' Ada"
      And the operator runs "lease complete 'weekly advice' Ada"
      And the operator runs "lease start moon Grace --ttl 60"
      And the clock goes forward by 60 seconds
      When the operator runs "lease start sun Ada --ttl 90"
      Then the leases are
        | task          | holder | state     | started  | heard of | expires  | completed |
        | moon          | Grace  | expired   | 12:00:00 | 12:00:00 | 12:01:00 | -         |
        | weekly advice | Ada    | completed | 12:00:00 | 12:00:00 | 12:05:00 | 12:00:00  |
        | sun           | Ada    | held      | 12:01:00 | 12:01:00 | 12:02:30 | -         |
      And nothing else was changed

  @LI-17 @both-databases @cost.hour @timeout.14400
  Rule: It is one of them each time, a hundred times in a row

    Scenario: 50 at once, a hundred times
      Given today is "2026-03-01T12:00:00Z"
      When 50 holders start one task at once, 100 times
      Then the leases are
        | task | holder      | state | started  | heard of | expires  | completed |
        | moon | one of them | held  | 12:00:00 | 12:00:00 | 12:05:00 | -         |
      And nothing else was changed
