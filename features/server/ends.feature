Feature: When something beside a server ends or stands still
  An operator kills processes, closes terminals, reads logs through pipes and fills disks. What ends or stands still beside
  a server holds up neither the server nor its clients, and clients do not hold up its end.

  @SV-13 @target.process @workers.2 @both-databases
  Rule: Workers end within a second of their parent, and the port is free for the next start

    @cost.seconds
    Scenario Outline: the parent is killed, <how>
      Given a server with 2 worker processes
      And Ada has a natal chart
      And each generation takes 3000 ms longer
      And a request of Ada generates
      When the first server loses its parent process<what>
      Then it says "2 of 2 workers have ended with it, and the port is free"

      Examples:
        | how                             | what                           |
        | while a worker serves a request |                                |
        | while its workers are frozen    | , with workers that are frozen |

  @SV-13 @target.process
  Rule: Who does not take the log costs lines of it and no requests, and the lines that were lost are counted

    Scenario Outline: a server <logs>
      Given the switch LOG_BYTES_MAX is set to "16384"
      And a server <logs>
      When somebody sends 1000 questions whether it lives
      Then somebody is answered with life each time, and figures that count lost lines of the log

      Examples:
        | logs                        |
        | has a log that nobody reads |
        | logs to a disk that is full |

      @cost.seconds
      Examples: more
        | logs                            |
        | has a log whose reader has gone |

    Scenario: a log that is read, and grows beyond what may wait of it
      Given the switch LOG_BYTES_MAX is set to "160000"
      When somebody sends 1000 questions whether it lives
      Then somebody is answered with life each time, and figures that count no lost line of the log

    @cost.seconds
    Scenario: the reader wakes up
      Given the switch LOG_BYTES_MAX is set to "16384"
      And a server has a log that nobody reads
      And somebody sends 1000 questions whether it lives
      When the first server has the reader of its log woken
      And the first server is told to stop
      Then it ends with exit code 0
      And it says "log.lines_lost"

  @SV-13 @target.process
  Rule: However a server is told to stop, it answers what it has taken and ends with 0

    Scenario Outline: <how>, <processes>
      Given a server with <processes>
      And Grace has a natal chart
      And Ada has half an account under way
      When the first server is told to stop <how>
      Then the request of Ada is answered with an account
      And it ends with exit code 0

      Examples:
        | how       | processes        |
        | by SIGHUP | 1 worker process |
        | twice     | 1 worker process |

      @workers.2 @cost.seconds
      Examples: more
        | how        | processes          |
        | by SIGHUP  | 2 worker processes |
        | twice      | 2 worker processes |
        | by SIGINT  | 2 worker processes |
        | by SIGQUIT | 1 worker process   |

  @SV-13 @target.process
  Rule: A stop ends within its time, whatever clients do and whatever is under way

    @cost.seconds
    Scenario: clients that neither send nor read
      Given the switch SHUTDOWN_S_MAX is set to "4"
      And the switch BODY_S_MAX is set to "60"
      And Grace has as many of the largest articles as a batch holds
      And Grace has connections of every kind that could hold up an end
      When the first server has 5 seconds to stop
      Then it ends with exit code 0

    @cost.seconds
    Scenario: a thread that waits for the database
      Given the switch SHUTDOWN_S_MAX is set to "2"
      And the switch DATABASE_S_MAX is set to "60"
      And Ada has a natal chart
      And Grace has the only write lock of the database
      And Ada has a change under way that waits for the database
      When the first server has 5 seconds to stop
      Then it ends with exit code 1
