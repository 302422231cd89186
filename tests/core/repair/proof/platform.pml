/*
 * The platform once more, for Spin, written by hand from the same sources as platform.ts: an independent model of the
 * needs and effects of each command. Spin starts from every platform, runs every command that works there, counts the
 * states, and reports a platform with something to repair on which no command works.
 *
 * 1 means expired; the access file of kvactl may also have been deleted (2).
 */

bit mocctl, kvactl_token, node_agent, node_agent_token, caph;
byte kvactl;
bit mgmt_kubeconfig, mgmt_kms, mgmt_kms_token, mgmt_kms_down;
bit cluster_ca, apiserver, kubelet_server, kms, kms_token, kms_down, csi, load_balancer, kubeconfig;
/* The published remedy, of two, that restores the serving certificate of the kubelet. */
bit serving_by_kubelet;
/* The cmdlet for the control plane does nothing on this build with these machine names. */
bit without_effect;

#define MANAGEMENT_ANSWERS (!mgmt_kubeconfig && !mgmt_kms_down)
#define KVACTL_WORKS       (kvactl == 0 || (kvactl == 2 && !kvactl_token))
#define CMDLETS_WORK       (MANAGEMENT_ANSWERS && KVACTL_WORKS)
#define API_SERVER_UP      (!kms_down && !apiserver && !cluster_ca)
#define CLOUD_OUT          (kms || kms_token || csi)
/* A cluster whose CA has ended is rebuilt, so it does not count. */
#define CLUSTER_LEFT       (!cluster_ca && (apiserver || kubelet_server || CLOUD_OUT || kms_down || load_balancer || kubeconfig))
/* Without a file, kvactl logs in at its next use. */
#define HOST_LEFT          (mocctl || kvactl == 1 || kvactl_token || node_agent || node_agent_token || caph)
#define MANAGEMENT_LEFT    (mgmt_kubeconfig || mgmt_kms || mgmt_kms_token || mgmt_kms_down)

inline either(variable) { if :: variable = 0 :: variable = 1 fi }

inline log_in() { if :: kvactl == 2 -> kvactl = 0 :: else fi }

inline serving_is_back() { kubelet_server = 0; serving_by_kubelet = 0 }

inline reprovision() {
  apiserver = 0; without_effect = 0;
  if :: serving_by_kubelet -> serving_is_back() :: else fi
}

active proctype admin() {
  atomic {
    either(mocctl); either(kvactl_token); either(node_agent); either(node_agent_token); either(caph);
    if :: kvactl = 0 :: kvactl = 1 :: kvactl = 2 fi;
    either(mgmt_kubeconfig); either(mgmt_kms); either(mgmt_kms_token);
    either(cluster_ca); either(apiserver); either(kubelet_server);
    either(kms); either(kms_token); either(csi); either(load_balancer); either(kubeconfig);
    if :: mgmt_kms_token -> either(mgmt_kms_down) :: else fi;
    if :: kms_token -> either(kms_down) :: else fi;
    if :: kubelet_server -> either(serving_by_kubelet) :: else fi;
    if :: apiserver -> either(without_effect) :: else fi
  };
  do
  /* Repair-MocLogin */
  :: atomic { mocctl -> mocctl = 0 }
  /* Repair-Moc */
  :: atomic { !mocctl && (node_agent || node_agent_token) -> node_agent = 0; node_agent_token = 0 }
  /* The access file of kvactl is deleted */
  :: atomic { kvactl == 1 -> kvactl = 2 }
  /* Update-AksHciCertificates */
  :: atomic {
       MANAGEMENT_ANSWERS && !mocctl && (KVACTL_WORKS || kvactl_token) &&
       (kvactl != 0 || kvactl_token || node_agent || node_agent_token || caph || mgmt_kms || mgmt_kms_token) ->
       kvactl = 0; kvactl_token = 0; node_agent = 0; node_agent_token = 0; caph = 0; mgmt_kms = 0; mgmt_kms_token = 0
     }
  /* admin.conf is copied over the kubeconfig */
  :: atomic { mgmt_kubeconfig -> mgmt_kubeconfig = 0 }
  /* -fixKubeletCredentials */
  :: atomic {
       CMDLETS_WORK && !cluster_ca && (apiserver || (kubelet_server && serving_by_kubelet)) ->
       log_in();
       if :: !without_effect -> reprovision() :: else fi
     }
  /* cert-tattoo-provision by hand, for each of its files */
  :: atomic { !cluster_ca && apiserver -> reprovision() }
  /* -fixCloudCredentials */
  :: atomic {
       CMDLETS_WORK && API_SERVER_UP && (CLOUD_OUT || (kubelet_server && !serving_by_kubelet)) ->
       log_in(); kms = 0; kms_token = 0; csi = 0;
       if :: kubelet_server && !serving_by_kubelet -> serving_is_back() :: else fi
     }
  /* -patchLoadBalancer -fixCloudCredentials */
  :: atomic { CMDLETS_WORK && API_SERVER_UP && load_balancer -> log_in(); load_balancer = 0 }
  /* Get-AksHciCredential */
  :: atomic { CMDLETS_WORK && !cluster_ca && kubeconfig -> log_in(); kubeconfig = 0 }
  /* The login of the KMS plugin by hand, management cluster and workload cluster */
  :: atomic { !mocctl && (mgmt_kms || mgmt_kms_token || mgmt_kms_down) -> mgmt_kms = 0; mgmt_kms_token = 0; mgmt_kms_down = 0 }
  :: atomic { !mocctl && (kms || kms_token || kms_down) -> kms = 0; kms_token = 0; kms_down = 0 }
  :: !HOST_LEFT && !MANAGEMENT_LEFT && !CLUSTER_LEFT
  od
}
