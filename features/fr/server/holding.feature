# language: fr
Fonctionnalité: Ce que des inconnus font porter à un serveur
  Chaque demande a ses limites. Toutes ensemble en ont aussi, pour que mille d'entre elles ne puissent pas remplir la
  mémoire de corps, de réponses que personne ne lit et de demandes qui attendent.

  @SV-8
  Règle: L'ensemble des corps a un budget, et l'ensemble des réponses non lues aussi

    Scénario: un corps de plus
      Étant donné que l'option BODIES_BYTES_MAX vaut "100000"
      Et que Grace a deux gros corps en cours, sans suite
      Quand quelqu'un envoie un compte de 65536 octets
      Alors quelqu'un est refusé avec 503 "Too many bytes of bodies"
      Et le serveur va bien
      Et rien d'autre n'a changé

    Scénario: autant que le budget en contient
      Étant donné que l'option BODIES_BYTES_MAX vaut "170000"
      Et que Grace a deux gros corps en cours, sans suite
      Quand quelqu'un envoie un compte de 65536 octets
      Alors quelqu'un reçoit le compte demandé

    @target.process
    Scénario: des corps de 8 Mo, l'un après l'autre
      Étant donné qu'il y a 3 articles
      Quand quelqu'un envoie 12 corps inutilisables de 8 Mo
      Alors quelqu'un reçoit un refus, et le serveur occupe la même mémoire qu'avant
      Et rien d'autre n'a changé

    @cost.seconds
    Scénario: des réponses que personne ne lit
      Étant donné que l'option WRITE_S_MAX vaut "1"
      Et que Grace a un lot rempli des plus gros articles
      Quand quelqu'un envoie des demandes de longues pages que personne ne lit
      Alors le journal montre 1 demande qui a été coupée parce que ses réponses n'étaient pas lues
      Et le serveur va bien

  @SV-8
  Règle: Personne n'est refusé parce que des inconnus ont épuisé ce qui est gardé pour toujours

    Scénario: autant de types d'événements qu'il en est compté
      Étant donné que l'option EVENT_LOG_DURABILITY vaut "flush"
      Et que Grace a des événements de 1000 types qu'elle a inventés
      Quand Ada envoie un événement d'un type à elle
      Alors Ada reçoit son événement, qui est compté avec d'autres
      Et le serveur va bien

  @SV-8
  Règle: Il n'y a jamais plus de demandes en attente sur une connexion que permis

    Scénario: beaucoup en même temps
      Étant donné que l'option PIPELINED_MAX vaut "16"
      Quand quelqu'un envoie 60 questions en même temps sur une connexion
      Alors quelqu'un reçoit 17 réponses, puis un refus avec 503
      Et le serveur va bien

  @SV-8
  Règle: Autant de connexions que permis apprennent qu'il y en a trop, et la suivante est coupée

    Scénario: la dernière qui l'apprend
      Étant donné que l'option CONNECTIONS_MAX vaut "16"
      Et que Grace a 16 connexions ouvertes
      Et que Grace a 17 connexions muettes
      Quand quelqu'un envoie une question sur une connexion de plus
      Alors quelqu'un reçoit un refus pour trop de connexions

    Scénario: une de plus
      Étant donné que l'option CONNECTIONS_MAX vaut "16"
      Et que Grace a 16 connexions ouvertes
      Et que Grace a 18 connexions muettes
      Quand quelqu'un envoie une question sur une connexion de plus
      Alors quelqu'un reçoit une coupure, sans réponse
      Et le journal montre 1 demande qui a été coupée parce qu'il y avait trop de connexions
