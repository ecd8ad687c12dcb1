# language: fr
Fonctionnalité: Quand personne ne sait si la demande a été exécutée
  Une réponse se perd, une base disparaît au milieu. Les gens renvoient leur demande, et veulent un seul compte ou un
  seul article, pas deux. Un refus dit si quelque chose a pu être exécuté.

  @SV-10 @both-databases
  Règle: Sous la même clé, la même demande est exécutée une fois, et reçoit de nouveau sa première réponse

    Plan du scénario: <quoi>, une seconde fois
      Étant donné qu'Ada a un thème natal
      Et qu'Ada envoie <quoi> sous une clé
      Quand Ada envoie <quoi> sous une clé
      Alors Ada reçoit la réponse de la première fois
      Et rien d'autre n'a changé

      Exemples:
        | quoi                    |
        | un compte               |
        | un lot de deux articles |

      @cost.seconds
      Exemples: suite
        | quoi         |
        | un article   |
        | un événement |

    Scénario: une demande d'un autre texte, une seconde fois
      Étant donné que le service Claude va bien
      Et qu'Ada a un thème natal
      Et qu'Ada envoie une demande d'un autre texte sous une clé
      Quand Ada envoie une demande d'un autre texte sous une clé
      Alors Ada reçoit la réponse de la première fois
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Plan du scénario: <quoi>, dix fois en même temps
      Étant donné qu'Ada a un thème natal
      Et qu'Ada envoie <quoi> sous une clé
      Quand Ada envoie <quoi> sous une clé 10 fois en même temps
      Alors toutes les 10 sont acceptées
      Et Ada reçoit la réponse de la première fois
      Et rien d'autre n'a changé

      Exemples:
        | quoi       |
        | un compte  |
        | un article |

    Plan du scénario: <quoi>, avec un autre contenu
      Étant donné qu'Ada a un thème natal
      Et qu'Ada envoie <quoi> sous une clé
      Quand Ada envoie <quoi> sous cette clé, mais différent
      Alors Ada est refusée avec 409 "key"
      Et rien d'autre n'a changé

      Exemples:
        | quoi                    |
        | un compte               |
        | un lot de deux articles |

      @cost.seconds
      Exemples: suite
        | quoi         |
        | un article   |
        | un événement |

    Scénario: un compte, créé sans clé
      Étant donné qu'Ada a un thème natal
      Et qu'Ada envoie un compte sans clé
      Quand Ada envoie un compte sous une clé
      Alors Ada est refusée avec 409 "exists already"
      Et rien d'autre n'a changé

  @SV-10 @target.process
  Règle: Une clé reste connue après que le serveur a été tué

    Scénario: un lot de deux articles, renvoyé au serveur suivant
      Étant donné qu'Ada a un thème natal
      Et qu'Ada envoie un lot de deux articles sous une clé
      Et que le serveur est tué
      Et que le serveur redémarre
      Quand Ada envoie un lot de deux articles sous une clé
      Alors Ada reçoit la réponse de la première fois
      Et rien d'autre n'a changé

  @SV-10 @database.postgres @target.process
  Règle: Là où la demande a pu être exécutée, le refus le dit, et comment le savoir

    Scénario: la réponse à la validation d'un compte se perd
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et qu'Ada a un thème natal
      Et que le réseau perd la réponse à la prochaine validation
      Quand Ada envoie un compte sous une clé
      Alors Ada reçoit une issue inconnue, et le conseil de réutiliser la même clé
      Quand Ada envoie un compte sous une clé
      Alors Ada reçoit ce qui était demandé

    Scénario: de même sans clé
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et qu'Ada a un thème natal
      Et que le réseau perd la réponse à la prochaine validation
      Quand Ada envoie un compte sans clé
      Alors Ada reçoit une issue inconnue, et le conseil de se connecter

  @SV-10 @target.process
  Règle: Quand le disque tombe en panne, la même demande crée un seul article en tout

    Plan du scénario: un disque qui <panne>, puis un redémarrage
      Étant donné que le disque va bien
      Et qu'Ada a un thème natal
      Et que le disque <panne>
      Quand Ada envoie un article sous une clé
      Alors Ada reçoit une issue inconnue, et le conseil de réutiliser la même clé
      Quand le disque va de nouveau bien
      Et le premier serveur redémarre
      Et Ada envoie un article sous une clé
      Alors Ada reçoit le seul article qui existe

      Exemples: l'un garde l'article, et l'autre non
        | panne                           |
        | ne parvient plus à synchroniser |
        | ne parvient plus à écrire       |

  @SV-10 @both-databases
  Règle: Ce qui a été refusé pour sa durée n'est pas commencé plus tard

    @cost.seconds
    Scénario: un compte qui a trop attendu quelqu'un qui écrit
      Étant donné que l'option DATABASE_S_MAX vaut "1"
      Et qu'Ada a un thème natal
      Et que Grace a le seul verrou d'écriture de la base pendant 2 secondes
      Quand Ada envoie un compte sous une clé
      Alors Ada reçoit un refus qui ne laisse rien en suspens
      Quand Ada envoie un compte sans clé, une fois la base libérée
      Alors Ada reçoit ce qui était demandé
