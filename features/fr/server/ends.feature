# language: fr
Fonctionnalité: Quand ce qui entoure un serveur se termine ou se fige
  L'exploitant tue des processus, ferme des terminaux, lit le journal à travers des tubes et remplit des disques. Ce qui
  se termine ou se fige autour d'un serveur ne retarde ni lui ni ses clients, et les clients ne retardent pas sa fin.

  @SV-13 @target.process @workers.2 @both-databases
  Règle: Les processus de travail se terminent moins d'une seconde après leur parent, et le port redevient libre

    @cost.seconds
    Plan du scénario: le parent est tué, <circonstance>
      Étant donné un serveur à 2 processus
      Et qu'Ada a un thème natal
      Et que chaque génération dure 3000 ms de plus
      Et qu'une demande faite par Ada est en train de générer
      Quand le premier serveur perd son processus parent<suite>
      Alors elle dit "2 of 2 workers have ended with it, and the port is free"

      Exemples:
        | circonstance                             | suite                      |
        | pendant qu'un processus sert une demande |                            |
        | pendant que ses processus sont figés     | , avec des processus figés |

  @SV-13 @target.process
  Règle: Quand personne ne lit le journal, il perd des lignes, mais aucune demande n'est perdue, et ces lignes sont comptées

    Plan du scénario: un serveur <journal>
      Étant donné que l'option LOG_BYTES_MAX vaut "16384"
      Et qu'un serveur <journal>
      Quand quelqu'un envoie 1000 sondes de vie
      Alors quelqu'un reçoit chaque fois un signe de vie, et des métriques qui comptent les lignes perdues du journal

      Exemples:
        | journal                          |
        | a un journal que personne ne lit |
        | journalise sur un disque plein   |

      @cost.seconds
      Exemples: suite
        | journal                                |
        | a un journal dont le lecteur est parti |

    Scénario: un journal qui est lu, et dépasse ce qui peut en attendre
      Étant donné que l'option LOG_BYTES_MAX vaut "160000"
      Quand quelqu'un envoie 1000 sondes de vie
      Alors quelqu'un reçoit chaque fois un signe de vie, et des métriques qui ne comptent aucune ligne perdue du journal

    @cost.seconds
    Scénario: le lecteur se réveille
      Étant donné que l'option LOG_BYTES_MAX vaut "16384"
      Et qu'un serveur a un journal que personne ne lit
      Et que quelqu'un envoie 1000 sondes de vie
      Quand le premier serveur voit se réveiller le lecteur de son journal
      Et le premier serveur est prié de s'arrêter
      Alors la commande se termine avec le code 0
      Et elle dit "log.lines_lost"

  @SV-13 @target.process
  Règle: De quelque façon qu'on l'arrête, un serveur répond à ce qu'il a accepté et se termine avec le code 0

    Plan du scénario: <comment>, <processus>
      Étant donné un serveur à <processus>
      Et que Grace a un thème natal
      Et qu'Ada a une moitié de compte en cours
      Quand le premier serveur est prié de s'arrêter <comment>
      Alors la demande faite par Ada est satisfaite par un compte
      Et la commande se termine avec le code 0

      Exemples:
        | comment    | processus   |
        | par SIGHUP | 1 processus |
        | deux fois  | 1 processus |

      @workers.2 @cost.seconds
      Exemples: suite
        | comment     | processus   |
        | par SIGHUP  | 2 processus |
        | deux fois   | 2 processus |
        | par SIGINT  | 2 processus |
        | par SIGQUIT | 1 processus |

  @SV-13 @target.process
  Règle: Un arrêt finit dans son délai, quoi que fassent les clients et quel que soit le travail en cours

    @cost.seconds
    Scénario: des clients qui n'envoient ni ne lisent
      Étant donné que l'option SHUTDOWN_S_MAX vaut "4"
      Et que l'option BODY_S_MAX vaut "60"
      Et que Grace a un lot rempli des plus gros articles
      Et que Grace a des connexions de toutes les sortes qui pourraient retarder une fin
      Quand le premier serveur a 5 secondes pour s'arrêter
      Alors la commande se termine avec le code 0

    @cost.seconds
    Scénario: un thread qui attend la base
      Étant donné que l'option SHUTDOWN_S_MAX vaut "2"
      Et que l'option DATABASE_S_MAX vaut "60"
      Et qu'Ada a un thème natal
      Et que Grace a le seul verrou d'écriture de la base
      Et qu'Ada a une modification en cours qui attend la base
      Quand le premier serveur a 5 secondes pour s'arrêter
      Alors la commande se termine avec le code 1
