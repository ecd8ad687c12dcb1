# language: fr
Fonctionnalité: Quand quelque chose de volumineux est interrompu
  Un lot de plusieurs milliers est enregistré en entier ou pas du tout, quelle que soit la panne du disque et la façon
  dont le serveur est arrêté pendant ce temps.

  @AR-18 @target.process
  Règle: Un lot que le disque refuse ne laisse rien derrière lui, et le serveur reprend dès qu'il le peut

    Scénario: un lot de cinq mille sur un disque plein, qui a ensuite de la place
      Étant donné que le disque va bien
      Et qu'il y a 10 articles
      Et que le disque n'a plus de place
      Quand Ada envoie un lot de 5000 articles
      Alors Ada est refusée avec 507 "no room"
      Et 10 articles sont là
      Quand le disque a de nouveau de la place
      Et je crée 10 articles rapidement
      Alors 20 articles sont là
      Et le journal est intact
      Et rien d'autre n'a changé

    Plan du scénario: un lot de cinq mille, quand le disque <panne>
      Étant donné que le disque va bien
      Et qu'il y a 10 articles
      Et que le disque <panne>
      Quand Ada envoie un lot de 5000 articles
      Alors Ada est refusée avec <statut> "<mots>"
      Et 10 articles sont là
      Quand le disque va de nouveau bien
      Et le premier serveur redémarre
      Et je crée 10 articles rapidement
      Alors <restants> articles sont là
      Et le journal est intact
      Et rien d'autre n'a changé

      @cost.minute
      Exemples: rien ne peut être su avant le redémarrage, qui trouve tout ou rien
        | panne                     | statut | mots   | restants |
        | ne parvient plus à écrire | 503    | failed | 20       |

      @cost.minute
      Exemples: de même, quand le disque l'accepte sans synchroniser
        | panne                           | statut | mots   | restants |
        | ne parvient plus à synchroniser | 503    | failed | 5020     |

  @AR-9 @target.process
  Règle: Un serveur qu'on arrête termine l'écriture commencée, et abandonne un lot qui n'est pas entièrement arrivé

    @cost.seconds
    Plan du scénario: un serveur qui <fin> pendant qu'un lot de cinq mille est gardé
      Étant donné que le disque va bien
      Et qu'il y a 10 articles
      Et que le disque met 300 ms à synchroniser
      Et qu'Ada a un lot de 5000 articles en cours
      Quand le premier serveur <fin>
      Alors la commande se termine avec le code 0
      Et la demande faite par Ada est acceptée par 201
      Quand le disque va de nouveau bien
      Et le premier serveur redémarre
      Alors 5010 articles sont là
      Et le journal est intact
      Et rien d'autre n'a changé

      Exemples:
        | fin                   |
        | est prié de s'arrêter |

      @cost.minute
      Exemples: depuis un terminal
        | fin            |
        | est interrompu |

    Scénario: arrêté alors que la moitié d'un article est arrivée
      Étant donné que l'option BODY_S_MAX vaut "1"
      Et qu'il y a 10 articles
      Et qu'Ada a une moitié d'article en cours
      Quand le premier serveur est prié de s'arrêter
      Alors la commande se termine avec le code 0
      Et la demande faite par Ada est refusée par 408
      Quand le premier serveur redémarre
      Et je crée 10 articles rapidement
      Alors les identifiants 0 à 19 ont été donnés, chacun une fois
      Et 20 articles sont là
      Et rien d'autre n'a changé

  @AR-16 @target.process
  Règle: Un lot qui n'était pas confirmé à la coupure de courant est là en entier ou pas du tout

    @cost.seconds
    Scénario: le courant est coupé pendant qu'un lot de cinq mille est synchronisé
      Étant donné que le disque va bien
      Et qu'il y a 10 articles
      Et que le disque met 1 seconde à synchroniser
      Et qu'Ada a un lot de 5000 articles en cours
      Quand le premier serveur est tué
      Alors la demande faite par Ada est coupée
      Quand le disque va de nouveau bien
      Et le premier serveur redémarre
      Alors 10 articles sont là
      Et le journal est intact

    Scénario: le courant est coupé quand la moitié d'un lot est sur le disque
      Étant donné que le disque va bien
      Et qu'il y a 10 articles
      Et que le disque met 1 seconde à synchroniser, et garde la moitié d'une écriture à une coupure de courant
      Et qu'Ada a un lot de 5000 articles en cours
      Quand le premier serveur est tué
      Alors la demande faite par Ada est coupée
      Quand le disque va de nouveau bien
      Et le premier serveur redémarre
      Et je crée 10 articles rapidement
      Alors 20 articles sont là
      Et les identifiants 0 à 19 ont été donnés, chacun une fois
      Et le journal est intact
