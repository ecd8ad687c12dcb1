# language: fr
Fonctionnalité: Une seule génération, quel que soit le nombre de demandes simultanées
  Quand le téléphone, la montre et le navigateur d'une personne s'ouvrent au même instant, ou que mille nouvelles
  tentatives arrivent ensemble, le travail est fait une fois et tous en reçoivent le résultat. Les nombres sont ceux du
  guide d'exploitation, plus un millier.

  @LR-2 @both-databases @target.process
  Règle: Si nombreuses que soient les premières demandes simultanées, une seule génération donne à toutes la même réponse

    Plan du scénario: <demandes> premières demandes simultanées, <processus>
      Étant donné un serveur à <processus>
      Et qu'Ada a un thème natal
      Et que chaque génération dure <délai> ms de plus
      Quand Ada demande la révolution courante <demandes> fois en même temps
      Alors les <demandes> demandes reçoivent toutes la même révolution
      Et il y a eu 1 génération pour Ada
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

      Exemples: un processus
        | demandes | processus   | délai |
        | 10       | 1 processus | 0     |
        | 100      | 1 processus | 0     |
        | 1000     | 1 processus | 1000  |

      @workers.2 @cost.seconds
      Exemples: deux processus
        | demandes | processus   | délai |
        | 10       | 2 processus | 0     |
        | 100      | 2 processus | 0     |

      @workers.2 @cost.minute
      Exemples: mille, deux processus
        | demandes | processus   | délai |
        | 1000     | 2 processus | 1000  |

    Scénario: cinquante premières demandes simultanées à chacun de deux serveurs qui partagent une base
      Étant donné 2 serveurs qui partagent une base
      Et qu'Ada a un thème natal
      Quand Ada demande à chaque serveur la révolution courante 50 fois en même temps
      Alors les 100 demandes reçoivent toutes la même révolution
      Et il y a eu 1 génération pour Ada
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

  @LR-3 @both-databases @target.process
  Règle: Une seconde salve reçoit la même révolution et ne génère rien

    Scénario: dix demandes de plus après dix premières
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante 10 fois en même temps
      Quand Ada demande la révolution courante 10 fois en même temps
      Alors les 10 demandes reçoivent toutes la même révolution
      Et Ada reçoit la même révolution qu'avant
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

  @LR-10 @both-databases
  Règle: Le journal prouve la génération unique

    @target.process
    Plan du scénario: dix demandes simultanées pendant une génération de deux secondes, <processus>
      Étant donné un serveur à <processus>
      Et qu'Ada a un thème natal
      Et que chaque génération dure 2000 ms de plus
      Quand Ada demande la révolution courante 10 fois en même temps
      Alors le journal montre 1 demande qui a généré 12 mois puis libéré le verrou
      Et le journal montre 9 demandes qui ont attendu puis trouvé ce résultat
      Et chacune de ces lignes porte l'identifiant de sa demande

      Exemples: un processus
        | processus   |
        | 1 processus |

      @workers.2 @cost.seconds
      Exemples: deux processus
        | processus   |
        | 2 processus |

    Plan du scénario: <quoi>, aussitôt
      Étant donné qu'Ada a un thème natal
      Et qu'Ada demande la révolution courante
      Quand Ada demande <quoi>
      Alors le journal montre 1 demande qui a trouvé la révolution aussitôt
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | quoi                   |
        | la révolution courante |
        | les douze mois         |
