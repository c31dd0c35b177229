// Holds a ServiceMonitor, given as JSON, against its schema. Arguments: node_modules, the JSON.
const [folder, text] = process.argv.slice(2);
const { ServiceMonitor } = require(
  `${folder}/@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor`,
);
new ServiceMonitor(JSON.parse(text)).validate();
